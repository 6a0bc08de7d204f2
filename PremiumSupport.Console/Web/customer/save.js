// Saves what only its customer may read: a link cannot say who asks.
import { bytes } from './api.js';
import { h } from './dom.js';

/** @param {string} url see bytes  @param {string} download the file's name  @throws {import('./api.js').ApiError} */
export async function save(url, download) {
  const href = URL.createObjectURL(await bytes(url));
  h('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
