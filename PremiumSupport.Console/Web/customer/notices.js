// Response-time exceptions as customers read them: what stands still, until when, and the vendor's notice, which is in English.
import { ApiError, call, now } from './api.js';
import { h, icon } from './dom.js';
import { dayAndTime, moment, t } from './texts.js';

/** @import { Notice, Promised, Stop } from './wire.js' */

/** @param {string} note */
const words = note => h('q', { lang: 'en' }, note);
/** @param {string} sentence @param {string} note */
const notice = (sentence, note) => h('p', { class: 'notice', testid: 'exception-notice' }, icon('pause'), h('span', {}, sentence, ' ', words(note)));

/** What holds right now for whoever asks, to be read before asking. Without an answer there is nothing to say. */
export async function noticesInForce() {
  try {
    /** @type {{ items: Notice[] }} */
    const { items } = await call('GET', 'notices');
    return items.map(item => notice(
      t(`exception.now.${item.scopeKind}`, { to: dayAndTime(item.to, now()), what: item.scopeKind === 'channel' ? t(`channel.${item.scopeValue}`) : item.scopeValue ?? '' }),
      item.note));
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

/** The exceptions that a promise meets and that are not over, and how they moved its deadline. @param {Promised} promise @param {Stop[]} stops */
export function noticesOf(promise, stops) {
  const ahead = promise.answeredAt ? [] : stops.filter(stop => Date.parse(stop.to) > now());
  return [
    ...ahead.map(stop => notice(t('exception.stops', { reason: t(`exception.reason.${stop.reason}`), from: moment(stop.from), to: moment(stop.to) }), stop.note)),
    promise.grossDueAt && promise.grossDueAt !== promise.dueAt && h('p', { class: 'quiet', testid: 'deadline-moved' }, t('exception.moved', { from: moment(promise.grossDueAt), to: moment(promise.dueAt) })),
  ];
}
