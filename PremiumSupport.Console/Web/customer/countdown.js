// The large figure of a receipt. State, share and seconds come from the formatter that the console uses too.
import { instant as parse, reading, resumes } from '../../wwwroot/shared/sla-time.js';
import { now } from './api.js';
import { fill, h, icon } from './dom.js';
import { clock, dayAndTime, seconds, t, weekday } from './texts.js';

/** @import { Promised, Span, Stop } from './wire.js' */
/** @import { IconName } from './dom.js' */
/** @import { Due, Pair } from '../../wwwroot/shared/sla-time.js' */

/** @type {Record<string, IconName>} */
const icons = { 'on-track': 'clock', 'at-risk': 'clock', breached: 'flame', paused: 'pause', closed: 'moon', met: 'check', late: 'check' };

/** The exceptions that the promise meets. @param {Promised} promise @returns {Stop[]} */
export const exceptionsOf = promise => (promise.stops ?? []).filter(stop => stop.kind === 'exception');

/** @param {Span} span @returns {Pair} */
const pair = span => [Date.parse(span.from), Date.parse(span.to)];

/** The promise as the formatter wants it: instants in ms. @param {Promised} promise @returns {Due} */
export function factsOf(promise) {
  const open = promise.openSpans.map(pair);
  const walk = promise.steps.find(step => step.kind === 'clock')?.values;
  return {
    metric: promise.metric, commitment: promise.commitment, start: Date.parse(promise.startedAt), risk: Date.parse(promise.atRiskAt), due: Date.parse(promise.dueAt),
    answered: parse(promise.answeredAt), breached: parse(promise.breachedAt), open, calendar: walk?.calendar ?? '24x7',
    exceptions: exceptionsOf(promise).map(pair), waiting: parse(promise.pausedAt),
  };
}

/** @param {number} n */
const two = n => String(n).padStart(2, '0');

/** 29:48, 1:29:48; beyond a day in words. @param {number} left */
function face(left) {
  if (left >= 86400) return seconds(left - (left % 3600), 'narrow');
  const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
}

/** @param {Promised} promise @param {string} look */
function above(promise, look) {
  const what = promise.metric === 'callback' ? 'callback' : promise.metric === 'nextResponse' ? 'next' : 'first';
  if (look === 'met' || look === 'late') return t(`receipt.${what}.done`);
  if (look === 'breached') return t(`receipt.${what}.late`);
  return t(`receipt.${what}.within`);
}

/** @param {ReturnType<typeof reading>} shown @param {Due} facts */
function beside(shown, facts) {
  if (shown.look === 'late') return t('receipt.wasLate', { time: seconds(Math.abs(shown.seconds ?? 0)) });
  if (shown.look === 'closed') {
    const next = facts.open?.find(([from]) => from > now())?.[0];
    return next ? t('receipt.opens', { when: weekday(next) }) : '';
  }
  if (shown.look !== 'paused') return '';
  return facts.waiting ? t('receipt.waiting') : t('receipt.paused', { when: dayAndTime(resumes(facts, now()), now()) });
}

/** Ticks each second as long as the promise is open. @param {Promised} promise */
export function countdown(promise) {
  const facts = factsOf(promise);
  const caption = h('p', { class: 'clock-caption' });
  const figure = h('p', { class: 'clock-figure figure', testid: 'receipt-due', 'data-due': promise.dueAt, role: 'timer' });
  const bar = h('i');
  const note = h('p', { class: 'clock-note' });
  const element = h('div', { class: `clock ${promise.commitment}` }, caption, figure,
    h('div', { class: 'burn', 'aria-hidden': 'true' }, bar),
    h('div', { class: 'clock-ends figure' },
      h('time', { datetime: promise.startedAt }, clock(promise.startedAt)),
      h('span', { class: 'commitment' }, h('span', { class: `seal ${promise.commitment}`, 'aria-hidden': 'true' }), t(promise.commitment)),
      h('time', { datetime: promise.dueAt }, clock(promise.dueAt))),
    note);

  function tick() {
    const shown = reading(facts, now()), figured = Math.abs(shown.seconds ?? 0);
    element.dataset.state = shown.state;
    element.dataset.look = shown.look;
    const text = shown.look === 'late' ? seconds(Math.round(((facts.answered ?? facts.due) - facts.start) / 1000), 'short')
      : shown.look === 'met' ? seconds(figured, 'short')
        : `${shown.look === 'breached' ? '\u2212' : ''}${face(figured)}`;
    // Above an hour the minute is what a listener needs; the eye gets each second.
    fill(caption, icon(icons[shown.look] ?? 'clock', 'small'), h('span', {}, above(promise, shown.look)));
    figure.textContent = text;
    figure.setAttribute('aria-label', `${caption.textContent} ${seconds(figured < 300 ? figured : figured - (figured % 60))}`);
    bar.style.inlineSize = `${shown.share * 100}%`;
    const said = beside(shown, facts);
    note.textContent = said;
    note.hidden = !said;
    if (shown.look === 'met' || shown.look === 'late') clearInterval(timer);
  }

  const timer = setInterval(tick, 1000);
  tick();
  return { element, stop: () => clearInterval(timer) };
}
