// What a chat that waits for its first answer is told: its place in the line, how long others just waited, and the way to the email form, whose answer is promised.
import { call } from './api.js';
import { fill, h, icon } from './dom.js';
import { draft } from './drafts.js';
import { newId } from './ids.js';
import { page } from './shell.js';
import { session } from './session.js';
import { promiseOf } from './steps/contact.js';
import { number as figure, seconds, t, target } from './texts.js';

/** @import { Wait } from './wire.js' */

const EVERY = 15000;

/**
 * waits(): does the conversation wait for its first answer? of(): its number. words(): what was written so far, to go along.
 * @param {{ waits: () => boolean, of: () => number | null, words: () => string }} how
 */
export function waitingLine({ waits, of, words }) {
  const element = h('div', { class: 'waiting-line', testid: 'chat-wait', role: 'status', hidden: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false, stopped = false, shown = '';

  async function ask() {
    if (asking || stopped) return;
    clearTimeout(timer);
    if (!waits()) { draw(null); return; }
    asking = true;
    const number = of();
    /** @type {Wait | null} */
    const wait = document.visibilityState === 'visible' ? await call('GET', `chat/wait${number ? `?number=${number}` : ''}`).catch(() => null) : null;
    asking = false;
    if (stopped) return;
    if (wait) draw(waits() ? wait : null);
    timer = setTimeout(ask, EVERY);
  }

  /** @param {Wait | null} wait */
  function draw(wait) {
    const look = JSON.stringify(wait);
    if (look === shown) return;
    shown = look;
    const place = of() ? wait?.position : null, expected = wait?.expectedSeconds;
    const email = session?.channels.find(channel => channel.kind === 'email' && channel.available);
    const promise = promiseOf(email);
    const offer = email && wait?.offerForm;
    fill(element,
      place ? h('p', {}, place === 1 ? t('wait.next') : t('wait.place', { n: figure(place) })) : null,
      expected ? h('p', {}, t('wait.expected', { time: about(expected) })) : null,
      offer && h('p', { class: 'strong' }, icon('clock', 'small'), ' ', t(`wait.${offer}`)),
      offer && h('p', { class: 'quiet' }, t('wait.form', { promise: promise ? t(`channel.email.${promise.commitment}`, { time: target(promise.target) }) : '' })),
      offer && h('button', { type: 'button', class: 'button small', testid: 'chat-to-form', onclick: toForm }, icon('mail', 'small'), t('wait.toForm')));
    element.hidden = element.childElementCount === 0;
  }

  function toForm() {
    const name = 'write-email', kept = draft.get(name), text = words();
    const body = [kept.body, text].filter(Boolean).join('\n\n');
    draft.set(name, { body, subject: kept.subject || text.split(/[\n.?!]/)[0].trim().slice(0, 120), key: newId(), continuesChat: of() });
    location.assign(`${page('help')}#write/email`);
  }

  const look = () => { if (document.visibilityState === 'visible') ask(); };
  document.addEventListener('visibilitychange', look);
  return {
    element,
    /** The conversation changed: it may wait no longer, or be another. */
    ask,
    stop() { stopped = true; clearTimeout(timer); document.removeEventListener('visibilitychange', look); },
  };
}

/** A wait in whole minutes, or "under a minute": it is an estimate. @param {number} length seconds */
const about = length => (length < 60 ? t('wait.minute') : seconds(Math.round(length / 60) * 60));
