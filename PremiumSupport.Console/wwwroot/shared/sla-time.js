// How a promise reads at one instant: pure functions, no DOM and no clock. The console, the wallboard and the customer
// pages all say time left with these, so that nobody ever sees two figures for one deadline.
//
// facts: { metric: 'firstResponse'|'nextResponse'|'callback', commitment: 'guaranteed'|'target', start, risk, due, answered, breached: ms or null,
//          open: [[from, to], …] in ms (empty: the clock never stops), calendar: '24x7' or a key, exceptions: [[from, to], …],
//          waiting: since when it stands because the ticket waits for the customer, merged: since when another ticket carries it on; ms or null }
// options: { zone: IANA id (default: the viewer's), locale: default 'en-GB', words: default English }

/** @typedef {[from: number, to: number]} Pair ms */
/**
 * @typedef {object} Facts
 * @property {'firstResponse' | 'nextResponse' | 'callback'} metric
 * @property {'guaranteed' | 'target'} commitment
 * @property {number | null} start
 * @property {number | null} risk
 * @property {number | null} due
 * @property {number | null} [answered]
 * @property {number | null} [breached]
 * @property {Pair[]} [open]
 * @property {string} [calendar]
 * @property {Pair[]} [exceptions]
 * @property {number | null} [waiting]
 * @property {number | null} [merged]
 */
/** @typedef {{ start: number, risk: number, due: number } & Facts} Due facts of a promise that is there */
/** @typedef {Record<'metric' | 'commitment' | 'time' | 'at' | 'until' | 'opens', string>} Said what a sentence may name */
/** @typedef {{ zone?: string, locale?: string }} Place */
/**
 * @typedef {{ state: string, look: string, text: string, main: string, below: string, label: string, share: number, seconds: number | null }} Shown seconds: null without a promise
 */

const SECOND = 1000, MINUTE = 60, HOUR = 3600, DAY = 86400;

/** English; customer pages pass their own object of the same shape. */
export const english = {
  units: { d: 'd', h: 'h', m: 'm' },
  left: 'left',
  /** @param {string} time */
  late: time => `late ${time}`,
  /** @param {string} when */
  opens: when => `opens ${when}`,
  /** @param {string} when */
  answered: when => `answered ${when}`,
  /** @param {string} when */
  until: when => `until ${when}`,
  waiting: 'waits for customer',
  metric: { firstResponse: 'First response', nextResponse: 'Next response', callback: 'Call back' },
  commitment: { guaranteed: 'guaranteed', target: 'target' },
  /** @param {number} seconds @param {boolean} open */
  long: (seconds, open) => longEnglish(seconds, open),
  none: 'No promise',
  merged: 'Carried on by another ticket',
  /** @param {Said} s */
  due: s => `${s.metric} due in ${s.time}, ${s.at}, ${s.commitment}`,
  /** @param {Said} s */
  overdue: s => `${s.metric} overdue by ${s.time}, was due ${s.at}, ${s.commitment}`,
  /** @param {Said} s */
  paused: s => `${s.metric} paused by an exception until ${s.until}, ${s.time} left, ${s.commitment}`,
  /** @param {Said} s */
  standing: s => `${s.metric} paused while it waits for the customer, ${s.time} left, ${s.commitment}`,
  /** @param {Said} s */
  closed: s => `${s.metric}: opens ${s.opens}, then ${s.time} left, ${s.commitment}`,
  /** @param {Said} s */
  met: s => `${s.metric} met after ${s.time}, ${s.commitment}`,
  /** @param {Said} s */
  wasLate: s => `${s.metric} ${s.time} late, ${s.commitment}`,
  /** @param {string} text @param {boolean} sameDay */
  at: (text, sameDay) => (sameDay ? `at ${text}` : `on ${text}`),
};

/** ISO text, a number or a Date as milliseconds; null for nothing or nonsense. @param {unknown} value @returns {number | null} */
export function instant(value) {
  if (value === null || value === undefined || value === '') return null;
  const ms = typeof value === 'number' ? value : value instanceof Date ? value.getTime() : Date.parse(String(value));
  return Number.isFinite(ms) ? ms : null;
}

/** "from/to from/to" as pairs of milliseconds; what is not a pair is left out. @param {string | null} [text] */
export function spans(text) {
  return (text ?? '').split(/\s+/).filter(Boolean).map(pair => pair.split('/').map(instant))
    .filter(/** @returns {pair is Pair} */ pair => pair.length === 2 && pair[0] !== null && pair[1] !== null && pair[1] >= pair[0]);
}

/** @template T @param {T} value @returns {value is NonNullable<T>} */
const is = value => value !== null && value !== undefined;
/** @param {Due} facts @returns {Pair[]} */
const openOf = facts => (facts.open?.length ? facts.open : [[facts.start, facts.due]]);
/** @param {Facts | null | undefined} facts @returns {facts is Due} */
const owed = facts => is(facts?.due);
/** @param {Pair[] | undefined} pairs @param {number} now */
const within = (pairs, now) => (pairs ?? []).some(([from, to]) => now >= from && now < to);
/** @param {Pair[]} pairs @param {number} from @param {number} to */
const overlap = (pairs, from, to) => pairs.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0);

/** Share of the promise that is used up, 0…1. Only open time counts. @param {Facts} facts @param {number} now */
export function consumed(facts, now) {
  if (!owed(facts)) return 0;
  const pairs = openOf(facts);
  const total = overlap(pairs, facts.start, facts.due);
  const until = Math.min(facts.answered ?? facts.waiting ?? now, facts.due);
  if (total <= 0) return until >= facts.due ? 1 : 0;
  return Math.min(1, Math.max(0, overlap(pairs, facts.start, until) / total));
}

/**
 * The contract's state: on-track, at-risk, breached, paused, met or none. Due is inclusive: at exactly due an unanswered promise is not
 * yet breached, one millisecond later it is. A late answer stays breached. What another ticket carries on promises nothing here.
 * @param {Facts | null | undefined} facts
 * @param {number} now
 */
export function stateAt(facts, now) {
  if (!owed(facts) || is(facts.merged)) return 'none';
  if (is(facts.breached)) return 'breached';
  if (is(facts.answered)) return facts.answered <= facts.due ? 'met' : 'breached';
  if (is(facts.waiting)) return 'paused';
  if (now > facts.due) return 'breached';
  if (pausedAt(facts, now)) return 'paused';
  return now >= facts.risk ? 'at-risk' : 'on-track';
}

/** How it looks: the state, and beside it closed (outside business hours) and late (answered after due). @param {Facts | null | undefined} facts @param {number} now */
export function lookAt(facts, now) {
  const state = stateAt(facts, now);
  if (!owed(facts)) return state;
  if (state === 'breached' && is(facts.answered)) return 'late';
  if ((state === 'on-track' || state === 'at-risk') && closedAt(facts, now)) return 'closed';
  return state;
}

// A clock that never stops has gaps only where an exception stopped it; a calendar's gaps are its closing hours.
/** @param {Due} facts @param {number} now */
function pausedAt(facts, now) {
  return within(facts.exceptions, now) || (facts.calendar === '24x7' && gap(facts, now));
}

/** When an exception that holds now is over and the clock runs again; one that another follows without a break holds on. @param {Due} facts @param {number} now */
export function resumes(facts, now) {
  let at = now, stop;
  while ((stop = (facts.exceptions ?? []).find(([from, to]) => at >= from && at < to))) at = stop[1];
  return at > now ? at : (facts.open ?? []).find(([from]) => from > now)?.[0] ?? facts.due;
}

/** @param {Due} facts @param {number} now */
function closedAt(facts, now) {
  return facts.calendar !== '24x7' && gap(facts, now);
}

/** @param {Due} facts @param {number} now */
function gap(facts, now) {
  return Boolean(facts.open?.length) && now < facts.due && !within(facts.open, now);
}

/**
 * Seconds as text of at most two units. Seconds are always counted up to the next whole one, so an instant late is `0:01` and never nothing;
 * under five minutes they tick (`4:32`), above them they are left out. Days only on a clock that never stops: elsewhere hours are open hours.
 * @param {number} seconds
 * @param {boolean} [always]
 * @param {{ d: string, h: string, m: string }} [units]
 */
export function short(seconds, always = true, units = english.units) {
  if (seconds < 5 * MINUTE) return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, '0')}`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}${units.m}`;
  if (always && seconds >= DAY) return two(seconds, DAY, units.d, HOUR, units.h);
  return seconds >= 100 * HOUR ? `${Math.floor(seconds / HOUR)}${units.h}` : two(seconds, HOUR, units.h, MINUTE, units.m);
}

/** @param {number} seconds @param {number} big @param {string} bigUnit @param {number} small @param {string} smallUnit */
function two(seconds, big, bigUnit, small, smallUnit) {
  const rest = Math.floor((seconds % big) / small);
  return `${Math.floor(seconds / big)}${bigUnit}${rest ? ` ${rest}${smallUnit}` : ''}`;
}

/** @param {number} seconds @param {boolean} always */
function longEnglish(seconds, always) {
  /** @param {number} n @param {string} word */
  const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
  /** @param {number} big @param {string} bigWord @param {number} small @param {string} smallWord */
  const pair = (big, bigWord, small, smallWord) => {
    const rest = Math.floor((seconds % big) / small);
    const lead = Math.floor(seconds / big);
    return [lead ? count(lead, bigWord) : '', rest ? count(rest, smallWord) : ''].filter(Boolean).join(' ') || count(0, smallWord);
  };
  if (seconds < 5 * MINUTE) return pair(MINUTE, 'minute', 1, 'second');
  if (always && seconds >= DAY) return pair(DAY, 'day', HOUR, 'hour');
  return pair(HOUR, 'hour', MINUTE, 'minute');
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
/** @param {string} locale @param {string | undefined} zone @param {Intl.DateTimeFormatOptions} parts */
function format(locale, zone, parts) {
  const key = `${locale}|${zone ?? ''}|${JSON.stringify(parts)}`;
  let made = formats.get(key);
  if (!made) {
    try { made = new Intl.DateTimeFormat(locale, { timeZone: zone || undefined, ...parts }); }
    catch { made = new Intl.DateTimeFormat(locale, parts); }
    formats.set(key, made);
  }
  return made;
}

/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
/** @type {Intl.DateTimeFormatOptions} */
const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' };

/** True when both instants fall on the same day in that zone. @param {number} a @param {number} b @param {Place} [place] */
export function sameDay(a, b, { zone, locale = 'en-GB' } = {}) {
  const day = format(locale, zone, DATE);
  return day.format(a) === day.format(b);
}

/** The instant in the viewer's zone: `15:40` today, `Wed 11:10` within six days, else `25 Nov 11:10`, of another year `25 Nov 2027 11:10`. @param {number} at @param {number} now @param {Place & { weekday?: 'short' | 'long', seconds?: boolean }} [options] */
export function when(at, now, { zone, locale = 'en-GB', weekday = 'short', seconds = false } = {}) {
  const clock = format(locale, zone, seconds ? { ...CLOCK, second: '2-digit' } : CLOCK).format(at);
  if (sameDay(at, now, { zone, locale })) return clock;
  const year = format(locale, zone, { year: 'numeric' }), isOther = year.format(at) !== year.format(now);
  const day = Math.abs(at - now) < 6 * DAY * SECOND
    ? format(locale, zone, { weekday }).format(at)
    : format(locale, zone, { day: 'numeric', month: 'short', ...(isOther && { year: 'numeric' }) }).format(at);
  return `${day} ${clock}`;
}

/** @param {number} ms */
const up = ms => Math.ceil(ms / SECOND);

/**
 * What a promise is at `now`, without a word: seconds taken, late (negative) or left, and the share of it that is used up. Null seconds: there is none.
 * @param {Facts} facts
 * @param {number} now
 * @returns {{ state: string, look: string, share: number, seconds: number | null }}
 */
export function reading(facts, now) {
  const state = stateAt(facts, now), look = lookAt(facts, now);
  if (state === 'none' || !owed(facts)) return { state, look: state, share: 0, seconds: null };
  const answered = facts.answered ?? now;
  const seconds = look === 'met' ? up(overlap(openOf(facts), facts.start, answered))
    : look === 'late' ? -up(Math.max(1, answered - facts.due))
      : look === 'breached' ? -up(Math.max(1, now - facts.due))
        : up(overlap(openOf(facts), facts.waiting ?? now, facts.due));
  return { state, look, share: consumed(facts, now), seconds };
}

/**
 * Everything a badge shows at `now`: { state, look, text, main, below, label, share, seconds }. `text` is the whole of it in one piece,
 * `main` what a fixed-width badge holds and `below` what stands under it in a column.
 * @param {Facts} facts
 * @param {number} now
 * @param {Place & { words?: typeof english }} [options]
 * @returns {Shown}
 */
export function describe(facts, now, options = {}) {
  const words = options.words ?? english;
  const { state, look, share, seconds } = reading(facts, now);
  if (seconds === null || !owed(facts)) return { state, look, text: '–', main: '–', below: '', label: is(facts?.merged) ? words.merged : words.none, share: 0, seconds: null };

  const always = facts.calendar === '24x7' || !facts.open?.length;
  /** @param {number} value @param {{ weekday?: 'long', seconds?: boolean }} [extra] */
  const at = (value, extra) => when(value, now, { ...options, ...extra });
  /**
   * @param {'due' | 'overdue' | 'paused' | 'standing' | 'closed' | 'met' | 'wasLate'} kind
   * @param {number} seconds
   * @param {Partial<Said>} [extra]
   */
  const sentence = (kind, seconds, extra) => words[kind]({
    until: '', opens: '',
    metric: words.metric[facts.metric] ?? words.metric.firstResponse,
    commitment: words.commitment[facts.commitment] ?? words.commitment.target,
    time: words.long(seconds, always),
    at: words.at(at(facts.due, { weekday: 'long' }), sameDay(facts.due, now, options)),
    ...extra,
  });
  /** @param {string} text @param {string} main @param {string} below @param {string} label @returns {Shown} */
  const made = (text, main, below, label) => ({ state, look, text, main, below, label, share, seconds });
  /** @param {number} seconds @param {boolean} [wall] */
  const time = (seconds, wall = always) => short(seconds, wall, words.units);

  const answered = facts.answered ?? now;
  if (look === 'met') {
    return made(`✓ ${time(seconds)}`, time(seconds), words.answered(at(answered)), sentence('met', seconds));
  }

  if (look === 'late') {
    const over = -seconds;
    const text = words.late(time(over, true));
    return made(text, text, words.answered(at(answered)), sentence('wasLate', over));
  }

  if (look === 'breached') {
    const over = -seconds;
    const text = `\u2212${time(over, true)}`;
    return made(text, text, at(facts.due), sentence('overdue', over, { time: words.long(over, true) }));
  }

  const left = seconds;
  if (look === 'paused') {
    const text = `${time(left)} ${words.left}`;
    if (is(facts.waiting)) return made(text, text, words.waiting, sentence('standing', left));
    const until = resumes(facts, now);
    return made(text, text, words.until(at(until)), sentence('paused', left, { until: at(until, { weekday: 'long' }) }));
  }

  if (look === 'closed') {
    const next = (facts.open?.find(([from]) => from > now) ?? [facts.due])[0];
    const opens = words.opens(at(next));
    return made(`${opens} · ${time(left)}`, time(left), opens, sentence('closed', left, { opens: at(next, { weekday: 'long' }) }));
  }

  return made(time(left), time(left), at(facts.due), sentence('due', left));
}
