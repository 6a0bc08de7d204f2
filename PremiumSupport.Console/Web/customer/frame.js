// The conversation with the loader on the vendor's page. Both sides check origin and shape; a session token never crosses.
import { settings } from './texts.js';

/** True inside the loader's frame. A page opened on its own has no parent to listen to. */
export const embedded = window.parent !== window;

const allowed = new Set([location.origin, ...(settings.allowedOrigins ?? [])]);
/** @typedef {{ premiumSupport: 1, type: string, identityToken?: string | null, text?: string | null }} Said */

/** @type {Map<string, (data: Said) => void>} */
const handlers = new Map();
/** @type {string | null} */
let parentOrigin = null;

/** Calls fn(data) for each message of that type from the loader. @param {string} type @param {(data: Said) => void} fn */
export function onParent(type, fn) {
  handlers.set(type, fn);
}

/** Says something to the loader, once it has shown which allowed origin it speaks from. @param {string} type @param {object} [data] */
export function tellParent(type, data = {}) {
  if (parentOrigin) window.parent.postMessage({ premiumSupport: 1, type, ...data }, parentOrigin);
}

/** @param {unknown} value @param {number} limit */
const text = (value, limit) => value === null || value === undefined || (typeof value === 'string' && value.length <= limit);
/** @param {any} data @returns {data is Said} */
const wellFormed = data => typeof data === 'object' && data !== null && data.premiumSupport === 1 && typeof data.type === 'string'
  && text(data.identityToken, 8192) && text(data.text, 10000);

if (embedded) {
  window.addEventListener('message', event => {
    if (event.source !== window.parent || !allowed.has(event.origin) || !wellFormed(event.data)) return;
    parentOrigin = event.origin;
    handlers.get(event.data.type)?.(event.data);
  });
  window.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) tellParent('close');
  });
}
