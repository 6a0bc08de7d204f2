// The large figure of a receipt. State, share and seconds come from the formatter that the console uses too.
import { describe, instant as parse, resumes } from '../shared/sla-time.js';
import { now } from './api.js';
import { fill, h, icon } from './dom.js';
import { clock, dayAndTime, seconds, t, weekday } from './texts.js';

const icons = { 'on-track': 'clock', 'at-risk': 'clock', breached: 'flame', paused: 'pause', closed: 'moon', met: 'check', late: 'check' };

/** The exceptions that the promise meets, each { from, to, reason, note }. */
export const exceptionsOf = promise => (promise.stops ?? []).filter(stop => stop.kind === 'exception');

/** The promise as the formatter wants it: instants in ms. */
export function factsOf(promise) {
  const open = (promise.openSpans ?? []).map(span => [parse(span.from), parse(span.to)]);
  const walk = promise.steps?.find(step => step.kind === 'clock')?.values ?? {};
  return {
    metric: promise.metric, commitment: promise.commitment, start: parse(promise.startedAt), risk: parse(promise.atRiskAt), due: parse(promise.dueAt),
    answered: parse(promise.answeredAt), breached: parse(promise.breachedAt), open, calendar: walk.calendar ?? '24x7',
    exceptions: exceptionsOf(promise).map(stop => [parse(stop.from), parse(stop.to)]), waiting: parse(promise.pausedAt),
  };
}

const two = n => String(n).padStart(2, '0');

/** 29:48, 1:29:48; beyond a day in words. */
function face(left) {
  if (left >= 86400) return seconds(left - (left % 3600), 'narrow');
  const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
}

function above(promise, look) {
  const what = promise.metric === 'callback' ? 'callback' : promise.metric === 'nextResponse' ? 'next' : 'first';
  if (look === 'met' || look === 'late') return t(`receipt.${what}.done`);
  if (look === 'breached') return t(`receipt.${what}.late`);
  return t(`receipt.${what}.within`);
}

function beside(shown, facts) {
  if (shown.look === 'late') return t('receipt.wasLate', { time: seconds(-shown.seconds) });
  if (shown.look === 'closed') {
    const next = facts.open.find(([from]) => from > now())?.[0];
    return next ? t('receipt.opens', { when: weekday(next) }) : '';
  }
  if (shown.look !== 'paused') return '';
  return facts.waiting === null ? t('receipt.paused', { when: dayAndTime(resumes(facts, now()), now()) }) : t('receipt.waiting');
}

/** Answers { element, stop }; ticks each second as long as the promise is open. */
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
    const shown = describe(facts, now());
    element.dataset.state = shown.state;
    element.dataset.look = shown.look;
    const over = shown.look === 'breached';
    const text = shown.look === 'late' ? seconds(Math.round((facts.answered - facts.start) / 1000), 'short')
      : shown.look === 'met' ? seconds(shown.seconds, 'short')
        : `${over ? '\u2212' : ''}${face(Math.abs(shown.seconds))}`;
    // Above an hour the minute is what a listener needs; the eye gets each second.
    fill(caption, icon(icons[shown.look] ?? 'clock', 'small'), h('span', {}, above(promise, shown.look)));
    figure.textContent = text;
    figure.setAttribute('aria-label', `${caption.textContent} ${seconds(Math.abs(shown.seconds) < 300 ? Math.abs(shown.seconds) : Math.abs(shown.seconds) - (Math.abs(shown.seconds) % 60))}`);
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
