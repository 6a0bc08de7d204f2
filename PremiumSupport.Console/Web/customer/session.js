// Who the visitor is. The identity token comes from the loader, is exchanged once, and is forgotten; the session's token stays in this
// browser's stores and travels only in a header (and in the hub's upgrade, where browsers allow no header). A page that renders the same
// identity token again, after a reload or in another tab, gets the same session: the browser proves by a key of its own that it is the one.
import { ApiError, authorise, call } from './api.js';
import { embedded, onParent, tellParent } from './frame.js';
import { browser, tab } from './keep.js';
import { inTurn } from './turns.js';

/** @import { Session, SessionAnswer } from './wire.js' */

const OURS = 'premium-support.';
const KEY = `${OURS}session`;
const BROWSER = `${OURS}browser`;
const ENDING = `${OURS}ending`;
const LOADER_PATIENCE = 4000, GOODBYE_PATIENCE = 1500;
const TRIES = [500, 2000, 5000];

/** Who it is, or null. @type {Session | null} */
export let session = null;

/** Why there is none: 'none', 'ended' (it was good once), 'refused' (the identity was not) or 'offline'. @type {'none' | 'ended' | 'refused' | 'offline'} */
export let absence = 'none';

/** @type {Set<(current: Session | null) => void>} */
const listeners = new Set();
/** @param {(current: Session | null) => void} fn */
export const onSession = fn => listeners.add(fn);
const announce = () => listeners.forEach(fn => fn(session));

authorise(() => session?.token ?? null, token => { if (session?.token === token) lose('ended'); });

/** The token for the hub. */
export const token = () => session?.token ?? '';

/** Names the customer in store keys, so that two people at one browser never see each other's unsent words. */
export const owner = () => (session ? `${session.contact?.account ?? ''}/${session.contact?.email ?? ''}` : 'nobody');

/** @param {SessionAnswer} answer @param {string} [identity] @returns {Session} */
function keep(answer, identity) {
  session = { token: answer.sessionToken ?? session?.token ?? null, expiresAt: answer.expiresAt, contact: answer.contact, channels: answer.channels ?? [], phoneNumber: answer.phoneNumber, phoneText: answer.phoneNumberText ?? answer.phoneNumber, identity };
  absence = 'none';
  tab.set(KEY, session);
  browser.set(KEY, session);
  announce();
  return session;
}

/** Is nobody from now on, on this page: whoever listens takes away what the one before saw. @param {typeof absence} why */
function leave(why) {
  const had = session !== null;
  session = null;
  absence = why;
  if (had) announce();
}

/** Is nobody, and forgets the session that there was. @param {typeof absence} why */
function lose(why) {
  const token = session?.token;
  tab.drop(KEY);
  if (token && browser.get(KEY)?.token === token) browser.drop(KEY);
  leave(why);
  return null;
}

// The signature names the identity token without being one.
/** @param {string} identity */
const mark = identity => identity.slice(identity.lastIndexOf('.') + 1);

/** @returns {Promise<Session | null>} */
async function renew() {
  try {
    return keep(await call('GET', 'session'), session?.identity);
  } catch (error) {
    if (error instanceof ApiError && error.passing) { announce(); return session; }
    return session ? lose('ended') : null;
  }
}

/** @returns {Promise<Session | null> | null} */
function restore() {
  session = tab.get(KEY) ?? browser.get(KEY);
  if (!session?.token || (session.expiresAt && Date.parse(session.expiresAt) < Date.now())) {
    session = null;
    return null;
  }

  return renew();
}

// Names this browser to the server, which keeps only its hash: 256 random bits that never leave this origin's store.
function browserKey() {
  const kept = browser.get(BROWSER);
  if (typeof kept === 'string') return kept;
  const made = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  browser.set(BROWSER, made);
  return made;
}

// What an identity token says of itself; the server decides whether it is so. Only to know at once whether it is about somebody else.
/** @param {string} identity */
function isOfAnother(identity) {
  try {
    const bytes = Uint8Array.from(atob(identity.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
    const { account, email } = JSON.parse(new TextDecoder().decode(bytes));
    return owner().toLowerCase() !== `${String(account).trim()}/${String(email).trim()}`.toLowerCase();
  } catch {
    return true;
  }
}

/** @param {number} ms @returns {Promise<void>} */
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

let turn = 0;

/** @param {string} identity @param {number} mine @returns {Promise<Session | null>} */
async function exchange(identity, mine) {
  const known = [tab.get(KEY), browser.get(KEY)].find(kept => kept?.token && kept.identity === mark(identity));
  if (known) {
    session = known;
    if (await renew()) return session;
  }

  for (let tried = 0; mine === turn; tried++) {
    try {
      const answer = await call('POST', 'session', { identityToken: identity, browserKey: browserKey() }, { anonymous: true });
      return mine === turn ? keep(answer, mark(identity)) : null;
    } catch (error) {
      if (mine !== turn) break;
      // An answer that was lost is asked for again: the same browser gets the same session.
      if (error instanceof ApiError && error.passing && tried < TRIES.length) { await pause(TRIES[tried]); continue; }
      const why = error instanceof ApiError && error.passing ? 'offline' : 'refused';
      if (why === 'refused') tellParent('refused');
      return lose(why);
    }
  }
  return null;
}

/** @type {(found: Session | null) => void} */
let heard = () => {};
/** @type {Promise<Session | null>} */
const loader = new Promise(resolve => { heard = resolve; });

/** @param {string | null} [identity] */
async function identify(identity) {
  const mine = ++turn;
  // Nobody sees the words of the one before while the server is asked who is next.
  if (session && (!identity || isOfAnother(identity))) leave('none');
  // Tabs that load together ask one after another, so that the second finds what the first was given.
  const found = identity ? await inTurn(KEY, () => exchange(identity, mine)) : null;
  if (mine !== turn) return;
  tellParent('ready', { identified: found !== null });
  heard(found);
}

onParent('identity', data => identify(data.identityToken));
onParent('shutdown', async () => {
  await Promise.race([end(), pause(GOODBYE_PATIENCE)]);
  tellParent('ended');
});

// Another tab of this browser logged the person out: this one forgets them too, with what was being typed.
window.addEventListener('storage', event => {
  if (event.key !== ENDING || !session) return;
  if (endings().some(one => one.owner === owner())) { turn++; lose('ended'); tab.clear(OURS); }
});

/** Finds out who this is: in the frame the loader says so, elsewhere the session kept in this browser does. */
export function establish() {
  if (!embedded) return restore();
  const patience = new Promise(resolve => setTimeout(resolve, LOADER_PATIENCE));
  return Promise.race([loader, patience.then(() => session)]);
}

/** Ends the session: here at once, in this browser's other tabs, and on the server, which closes what is open elsewhere. */
export async function end() {
  const one = session?.token ? { token: session.token, owner: owner() } : null;
  turn++;
  lose('none');
  tab.clear(OURS);
  browser.clear(OURS);
  if (one) browser.set(ENDING, [one]);
  await sayGoodbye();
}

/** @returns {{ token: string, owner: string }[]} */
const endings = () => browser.get(ENDING) ?? [];

// Until the server has heard of it: somebody who logged out without a network is logged out when there is one.
async function sayGoodbye() {
  for (const one of endings()) {
    try {
      await call('DELETE', 'session', undefined, { as: one.token });
    } catch (error) {
      if (!(error instanceof ApiError) || error.passing) continue;
    }
    const left = endings().filter(other => other.token !== one.token);
    if (left.length) browser.set(ENDING, left);
    else browser.drop(ENDING);
  }
}

sayGoodbye();
