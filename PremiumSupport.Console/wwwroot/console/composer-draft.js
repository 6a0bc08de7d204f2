// One draft: the reply or the note of one ticket by one person. What is typed is on this device at once and on the server a moment later, so that it is there in another window, after
// signing out and on another machine too. Where two windows write, the newer words stay on the server, and the window that knew older ones is told and loses nothing.

const WAIT = 600, AGAIN = 3_000, KEEPALIVE = 60_000;
const windows = 'BroadcastChannel' in window ? new BroadcastChannel('ps-drafts') : null;

/**
 * @param {object} how
 * @param {string} how.address of the draft on the server
 * @param {string} how.store under which this device keeps it
 * @param {() => {text: string, files: object[], seen: number | null, deeds: object[]}} how.content what is in the box now
 * @param {(draft: object | null) => void} how.show puts a draft from elsewhere into the box
 * @param {(words: string) => void} how.kept where it is kept, in words
 * @param {(words: string | null) => void} how.tell something that its author should know
 * @param {(theirs: object | null) => void} how.choose two texts stand against each other; null when they no longer do
 * @param {(number: number) => void} how.moved the ticket goes on in another, and the draft with it
 */
export function openDraft({ address, store, content, show, kept, tell, choose, moved }) {
  const before = read();
  let id = before.id ?? newId(), version = before.version ?? 0, dirty = before.dirty ?? Boolean(before.text || before.files?.length);
  let timer = 0, busy = null, theirs = null, met = false, saved = null, turns = 0;

  function read() { try { return JSON.parse(localStorage.getItem(store)) ?? {}; } catch { return {}; } }

  function remember() {
    const now = content(), any = !isEmpty(now);
    try {
      if (any || dirty) localStorage.setItem(store, JSON.stringify({ ...now, id, version, dirty }));
      else localStorage.removeItem(store);
      return true;
    } catch {
      return false;
    }
  }

  const said = () => ({ text: content().text, files: content().files.map(file => file.id), messageId: id, seen: content().seen, deeds: content().deeds.map(deed => deed.word) });
  const words = () => JSON.stringify(said());
  const same = (one, other) => (one?.text ?? '') === (other?.text ?? '') && idsOf(one) === idsOf(other) && deedsOf(one) === deedsOf(other);

  function changed() {
    clearTimeout(timer);
    dirty = words() !== saved;
    if (!remember() && !isEmpty(content())) kept('Too long to be kept on this device');
    else if (!dirty) kept(isEmpty(content()) ? '' : 'Draft saved');
    else if (theirs) kept('Kept on this device');
    if (dirty && met && !theirs) timer = setTimeout(keep, WAIT);
  }

  /** Sends what is there to the server; several calls become one after the other. */
  function keep() {
    clearTimeout(timer);
    return busy ??= put().finally(() => { busy = null; });
  }

  async function put() {
    if (!dirty || theirs) return;
    turns++;
    const now = words();
    let response, answer;
    try {
      response = await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...said(), version }) });
      answer = await response.json().catch(() => null);
    } catch {
      kept('Kept on this device; no connection');
      timer = setTimeout(keep, AGAIN);
      return;
    }
    if (answer?.number) moved(answer.number);
    if (response.status === 409 && answer?.newer) { against(answer.newer); return; }
    if (!response.ok) {
      kept('Kept on this device');
      if (response.status === 401) { tell('You are signed out. Your text is kept on this device; sign in again and it is here.'); document.dispatchEvent(new CustomEvent('ps-signed-out')); }
      else if (response.status >= 500) timer = setTimeout(keep, AGAIN);
      else if (response.status === 413) kept(remember() ? 'Kept on this device; too long to be kept elsewhere' : 'Too long to be kept: it is in this window alone');
      else if (answer?.detail) kept(answer.detail);
      return;
    }
    version = answer.version;
    saved = now;
    dirty = words() !== now;
    remember();
    kept(isEmpty(content()) ? '' : 'Draft saved');
    if (answer.wasGone) tell('This draft was sent or emptied in another window. What stands here is kept as a new one.');
    windows?.postMessage(store);
    if (dirty) timer = setTimeout(keep, WAIT);
  }

  function against(newer) {
    // What this window sent as it was left before may have arrived after it was opened again.
    if (same(newer, before)) { version = newer.version; changed(); return; }
    theirs = newer;
    kept('Kept on this device');
    choose(newer);
  }

  /** What the server has. Words of another window take the place of words that it knows; words that nobody else has seen stay, and their author chooses. */
  function meet(stored) {
    met = true;
    if (same(stored, content())) {
      version = stored?.version ?? 0;
      if (stored) id = stored.messageId;
      dirty = false;
      saved = words();
      theirs = null;
      choose(null);
    } else if ((stored?.version ?? 0) === version) {
      if (dirty || !isEmpty(content())) changed();
    } else if (!dirty) {
      const known = version > 0;
      adopt(stored);
      if (known) tell(stored ? 'Newer words from another window.' : 'This draft was sent or emptied in another window.');
    } else if (!stored) {
      version = 0;
      tell('This draft was sent or emptied in another window. What stands here is kept.');
      changed();
    } else against(stored);
    remember();
    kept(isEmpty(content()) ? '' : dirty ? 'Kept on this device' : 'Draft saved');
  }

  function adopt(stored) {
    version = stored?.version ?? 0;
    id = stored?.messageId ?? newId();
    dirty = false;
    theirs = null;
    choose(null);
    show(stored);
    saved = words();
    remember();
    if (stored?.problem) tell(stored.problem);
    else if (stored?.missing) tell(stored.missing === 1 ? 'A file of this draft is no longer here. Add it again.' : `${stored.missing} files of this draft are no longer here. Add them again.`);
  }

  function forget() {
    clearTimeout(timer);
    turns++;
    id = newId();
    version = 0;
    dirty = false;
    saved = null;
    theirs = null;
    choose(null);
    try { localStorage.removeItem(store); } catch { /* nothing to forget */ }
    kept('');
  }

  return {
    get id() { return id; },
    /** Changes whenever something was sent, so that an answer from before is known to be old. */
    get turn() { return busy ? NaN : turns; },
    before,
    store,
    changed,
    keep,
    meet,
    /** It was sent: the server has forgotten it in the same breath. */
    sent() { forget(); windows?.postMessage(store); },
    /** What was sent under the id before was another text: this one needs an id of its own. */
    renew() { id = newId(); changed(); },
    /** The author chose: the other window's words, or the ones that stand here. */
    take() { if (theirs) adopt(theirs); },
    insist() {
      if (!theirs) return;
      version = theirs.version;
      theirs = null;
      choose(null);
      changed();
    },
    /** The page goes: what the server does not have yet goes with it, where it is short enough for that. */
    leave() {
      clearTimeout(timer);
      remember();
      const body = JSON.stringify({ ...said(), version });
      if (dirty && met && !busy && !theirs && body.length < KEEPALIVE) fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body, keepalive: true }).catch(() => { /* this device has it */ });
    },
    /** Waits until nothing is on its way, so that what is sent next is not overtaken. */
    async settle() { clearTimeout(timer); await busy; clearTimeout(timer); },
  };
}

/** Calls back when another window of this browser kept or sent a draft. */
export function onOtherWindow(listener) {
  const hear = event => listener(event.data);
  windows?.addEventListener('message', hear);
  return () => windows?.removeEventListener('message', hear);
}

const idsOf = draft => (draft?.files ?? []).map(file => file.id).join();

const deedsOf = draft => (draft?.deeds ?? []).map(deed => deed.word).join();

const isEmpty = ({ text, files }) => text.trim() === '' && files.length === 0;

const newId = () => (crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join(''));
