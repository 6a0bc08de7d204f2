// The conversation as a file, made by the server in the reader's language and zone.
import { bytes } from './api.js';
import { h } from './dom.js';
import { lang, zone } from './texts.js';

/** @param {number} number the request */
export async function saveTranscript(number) {
  const file = await bytes(`tickets/${number}/transcript?format=text&lang=${lang}&zone=${encodeURIComponent(zone)}`);
  const url = URL.createObjectURL(file);
  h('a', { href: url, download: `conversation-${number}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
