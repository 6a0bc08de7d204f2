// The browser's two stores, which may be full, forbidden or partitioned away: then memory has to do, and nothing breaks.

/** @param {'sessionStorage' | 'localStorage'} name */
function over(name) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  /** @type {Storage | null} */
  let store = null;
  try { store = window[name]; store.getItem(''); } catch { store = null; }
  return {
    /** @param {string} key @returns {any} */
    get(key) {
      try { return JSON.parse(store?.getItem(key) ?? memory.get(key) ?? 'null'); } catch { return null; }
    },
    /** @param {string} key @param {unknown} value */
    set(key, value) {
      memory.set(key, JSON.stringify(value));
      try { store?.setItem(key, JSON.stringify(value)); } catch { /* memory has it */ }
    },
    /** @param {string} key */
    drop(key) {
      memory.delete(key);
      try { store?.removeItem(key); } catch { /* nothing to forget */ }
    },
    /** Forgets every key of ours. @param {string} prefix */
    clear(prefix) {
      try { Object.keys(store ?? {}).filter(key => key.startsWith(prefix)).forEach(key => store?.removeItem(key)); } catch { /* nothing to forget */ }
      memory.clear();
    },
  };
}

/** This tab, until it closes: drafts and the session. */
export const tab = over('sessionStorage');

/** This browser: the session for a new tab, unsent messages, the open conversation. */
export const browser = over('localStorage');
