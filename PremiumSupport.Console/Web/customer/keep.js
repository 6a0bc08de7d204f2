// The browser's two stores. In a frame on another site they may be forbidden: then the frame's own name has to do, which lasts from one of our pages to the
// next within it and is gone with the frame. Its last resort is memory, and nothing breaks.

const MARK = 'premium-support:';

/** @type {Map<string, string>} */
const noted = new Map(window.name.startsWith(MARK) ? Object.entries(parsed(window.name.slice(MARK.length)) ?? {}) : []);
const note = () => { window.name = MARK + JSON.stringify(Object.fromEntries(noted)); };

/** @param {string | null | undefined} text @returns {any} */
function parsed(text) {
  try { return JSON.parse(text ?? 'null'); } catch { return null; }
}

/** @param {'sessionStorage' | 'localStorage'} name */
function over(name) {
  /** @type {Storage | null} */
  let store = null;
  try { store = window[name]; store.getItem(''); } catch { store = null; }
  return {
    /** @param {string} key @returns {any} */
    get: key => parsed(store?.getItem(key) ?? noted.get(key)),
    /** @param {string} key @param {unknown} value */
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        if (!store) throw new Error('no store');
        store.setItem(key, text);
        noted.delete(key);
      } catch {
        // Forbidden or full.
        noted.set(key, text);
        note();
      }
    },
    /** @param {string} key */
    drop(key) {
      if (noted.delete(key)) note();
      try { store?.removeItem(key); } catch { /* nothing to forget */ }
    },
    /** Forgets every key of ours. @param {string} prefix */
    clear(prefix) {
      try { Object.keys(store ?? {}).filter(key => key.startsWith(prefix)).forEach(key => store?.removeItem(key)); } catch { /* nothing to forget */ }
      if (!noted.size) return;
      [...noted.keys()].filter(key => key.startsWith(prefix)).forEach(key => noted.delete(key));
      note();
    },
  };
}

/** This tab, until it closes: drafts and the session. */
export const tab = over('sessionStorage');

/** This browser: the session for a new tab, unsent messages, the open conversation. */
export const browser = over('localStorage');
