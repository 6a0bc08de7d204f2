// The conversation to keep: as a file, made by the server in the reader's language and zone, or by mail to the reader's own address.
import { call } from './api.js';
import { fill, h, icon } from './dom.js';
import { general } from './problems.js';
import { save } from './save.js';
import { session } from './session.js';
import { lang, settings, t, zone } from './texts.js';

/** @param {number} number */
async function file(number) {
  await save(`tickets/${number}/transcript?format=text&lang=${lang}&zone=${encodeURIComponent(zone)}`, `conversation-${number}.txt`);
  return '';
}

/** @param {number} number */
async function mail(number) {
  await call('POST', `tickets/${number}/transcript`);
  return t('chat.mailed', { email: session?.contact?.email ?? '' });
}

/** The buttons, and the line that says what came of them. @param {() => number | null} of the conversation, once it has a number */
export function transcriptButtons(of) {
  const told = h('p', { class: 'chat-told', role: 'status', testid: 'transcript-told' });
  /** @param {'chat.mail' | 'chat.download'} label @param {'mail' | 'down'} sign @param {(number: number) => Promise<string>} act */
  const button = (label, sign, act) => h('button', { type: 'button', class: 'icon-button', testid: label, 'aria-label': t(label), title: t(label), onclick: async () => {
    const number = of();
    if (number) fill(told, await act(number).catch(general));
  } }, icon(sign));
  const buttons = h('span', {}, settings.sendsMail && button('chat.mail', 'mail', mail), button('chat.download', 'down', file));
  return { buttons, told };
}
