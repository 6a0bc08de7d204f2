// Messages as elements. Bodies are text: line breaks are kept by CSS, web addresses become links that tell the target nothing.
import { h, icon } from './dom.js';
import { fileList, waitingFiles } from './files.js';
import { known, stamp, t } from './texts.js';

/** @import { Message, Unsent } from './wire.js' */
/** @import { State } from './marks.js' */

const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Text with its web addresses as links. @param {string} text */
export function linked(text) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(from, match.index), h('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer nofollow' }, match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)].filter(part => part !== '');
}

/** @param {string | null} [name] */
const initials = name => (name ?? '').split(/\s+/).filter(Boolean).slice(0, 2).map(word => word[0]).join('').toUpperCase() || '?';

/** @param {string | null | undefined} name */
export const avatar = (name, size = '') => h('span', { class: `avatar ${size}`, 'aria-hidden': 'true' }, initials(name));

/** Who said it, for those who cannot see on which side it stands. @param {Message} message */
const speaker = message => (message.from === 'customer' ? t('you') : message.authorName ?? t('support'));

/**
 * A message that the server has. state: how far it has got, where that is to be said; joined: the same speaker as before.
 * @param {Message} message
 * @param {{ testid: string, now: number, state?: State | '', joined?: boolean }} options
 */
export function bubble(message, { testid, now, state = '', joined = false }) {
  const system = message.from === 'system';
  return h('div', { class: `bubble-row ${message.from}${joined ? ' joined' : ''}`, testid, 'data-from': message.from, 'data-seq': String(message.sequence), 'data-id': message.clientMessageId },
    message.from === 'staff' && avatar(message.authorName),
    h('div', { class: 'bubble', dir: 'auto' }, h('span', { class: 'visually-hidden' }, `${speaker(message)}: `), h('span', { class: 'bubble-text' }, linked(message.body)), fileList(message.attachments)),
    !system && h('div', { class: 'bubble-meta' },
      message.from === 'staff' && !joined && message.authorName && h('span', {}, message.authorName, ' · '),
      h('time', { datetime: message.sentAt }, stamp(message.sentAt, now)),
      state && h('span', { testid: 'message-state', 'data-state': state }, ' · ', t(`chat.${state}`))));
}

/** The server's sentence, in the reader's language where its word is known. @param {string} said "word: sentence" */
function whyRefused(said) {
  const [, word, sentence] = /^([\w-]+): (.*)$/s.exec(said) ?? [];
  return known(`error.${word}`) ?? sentence ?? t('chat.notTaken');
}

/**
 * A message that still waits in this browser.
 * @param {Unsent} entry
 * @param {{ testid: string, again: (id: string) => void, discard: (id: string) => void }} options
 */
export function waitingBubble(entry, { testid, again, discard }) {
  return h('div', { class: 'bubble-row customer waiting', testid, 'data-from': 'customer', 'data-seq': '', 'data-id': entry.id },
    h('div', { class: 'bubble', dir: 'auto' }, h('span', { class: 'visually-hidden' }, `${t('you')}: `), h('span', { class: 'bubble-text' }, linked(entry.body)), waitingFiles(entry.files)),
    h('div', { class: 'bubble-meta' }, entry.refused
      ? [icon('info', 'small'), h('span', {}, t('chat.refused'), ': ', whyRefused(entry.refused)), ' ',
        h('button', { type: 'button', class: 'text-button', onclick: () => again(entry.id) }, t('retry')), ' ',
        h('button', { type: 'button', class: 'text-button', onclick: () => discard(entry.id) }, t('discard'))]
      : [icon('clock', 'small'), h('span', {}, t('chat.waiting'))]));
}

/** True when the message continues what the same person said just before. @param {Message} message @param {Message | null} before */
export const continues = (message, before) => before && before.from === message.from && before.authorName === message.authorName
  && message.from !== 'system' && Date.parse(message.sentAt) - Date.parse(before.sentAt) < 5 * 60000;
