// Who the visitor is. The identity token comes from the loader, is exchanged once, and is forgotten; the session's token stays in this
// browser's stores and travels only in a header (and in the hub's upgrade, where browsers allow no header).
import { ApiError, authorise, call } from './api.js';
import { embedded, onParent, tellParent } from './frame.js';
import { browser, tab } from './keep.js';

/** @import { Session, SessionAnswer } from './wire.js' */

const KEY = 'premium-support.session';
const LOADER_PATIENCE = 4000;

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

/** @param {'none' | 'ended' | 'refused' | 'offline'} why */
function lose(why) {
  const token = session?.token;
  session = null;
  absence = why;
  tab.drop(KEY);
  if (browser.get(KEY)?.token === token) browser.drop(KEY);
  announce();
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

/** @param {string} identity @returns {Promise<Session | null>} */
async function exchange(identity) {
  const known = tab.get(KEY);
  if (known?.token && known.identity === mark(identity)) {
    session = known;
    if (await renew()) return session;
  }

  try {
    return keep(await call('POST', 'session', { identityToken: identity }, { anonymous: true }), mark(identity));
  } catch (error) {
    session = null;
    const why = error instanceof ApiError && error.passing ? 'offline' : 'refused';
    if (why === 'refused') tellParent('refused');
    return lose(why);
  }
}

/** @type {(found: Session | null) => void} */
let heard = () => {};
/** @type {Promise<Session | null>} */
const loader = new Promise(resolve => { heard = resolve; });

/** @param {string | null} [identity] */
async function identify(identity) {
  const found = identity ? await exchange(identity) : null;
  if (!identity) { session = null; announce(); }
  tellParent('ready', { identified: found !== null });
  heard(found);
}

onParent('identity', data => identify(data.identityToken));
onParent('shutdown', async () => {
  await end();
  tellParent('ended');
});

/** Finds out who this is: in the frame the loader says so, elsewhere the session kept in this browser does. */
export function establish() {
  if (!embedded) return restore();
  const patience = new Promise(resolve => setTimeout(resolve, LOADER_PATIENCE));
  return Promise.race([loader, patience.then(() => session)]);
}

/** Ends the session here and on the server. */
export async function end() {
  if (session?.token) await call('DELETE', 'session').catch(() => {});
  lose('none');
  tab.clear('premium-support.');
  browser.clear('premium-support.');
}
