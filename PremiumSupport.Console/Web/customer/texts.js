// The page's words, handed over by the server in its data block, and everything that Intl says in the reader's language and zone.

/** @param {string} id @returns {any} */
const block = id => JSON.parse(document.getElementById(id)?.textContent ?? '{}');

/** @type {Record<string, string>} */
const handed = block('texts');

/** What the page was told about itself. @type {{ allowedOrigins?: string[], sendsMail?: boolean }} */
export const settings = block('settings');

/** The language of the page, which also decides how numbers and dates read. */
export const lang = document.documentElement.lang || 'en';

// English for Europe writes the day before the month; the other languages need no region.
const locale = lang === 'en' ? 'en-GB' : lang;

/** The browser's own zone: an instant is always told in the reader's time. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @typedef {string | number | Date} Instant ISO text, ms, or a Date */

/** @typedef {keyof typeof import('../../Channels/Help/Texts/en.json')} TextKey */

// A name may be written the other way round: it keeps that to itself (Unicode's first-strong isolate), and brings no marks along that would end it.
const MARKS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g, TURNED = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
/** @param {string} value */
const alone = value => {
  const plain = String(value).replace(MARKS, '');
  return TURNED.test(plain) ? `\u2068${plain}\u2069` : plain;
};

/** The text of that key with {name} replaced. A missing key shows itself rather than nothing. @param {TextKey} key @param {Record<string, string>} [values] */
export function t(key, values = {}) {
  return (handed[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined || values[name] === null ? whole : alone(values[name])));
}

/**
 * Like t, but values may be elements: an array of strings and nodes to append.
 * @param {TextKey} key
 * @param {Record<string, string | Node>} values
 * @returns {(string | Node)[]}
 */
export function rich(key, values) {
  return (handed[key] ?? key).split(/(\{\w+\})/).filter(Boolean).map(part => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name ? values[name] ?? part : part;
  });
}

const rules = new Intl.PluralRules(locale);

/**
 * The text of a key that may be none, such as one with a word of the server's in it; null when there is none.
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
export const known = (key, values) => (Object.hasOwn(handed, key) ? t(/** @type {TextKey} */ (key), values) : null);

/** @typedef {TextKey extends infer K ? K extends `${infer Name}.one` ? Name : never : never} Counted */

/** The text of key.one or key.other, with {n} as the number in the reader's digits. @param {Counted} key @param {number} n */
export function count(key, n) {
  return t(`${key}.${rules.select(n) === 'one' ? 'one' : 'other'}`, { n: number(n) });
}

/** @param {number} n */
export const number = n => new Intl.NumberFormat(locale).format(n);
/** @typedef {'long' | 'short' | 'narrow'} Width */
/** @param {number} n @param {string} name @param {Width} [display] */
const unit = (n, name, display = 'long') => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: display }).format(n);
/** @param {Intl.DateTimeFormatOptions} parts */
const dates = parts => new Intl.DateTimeFormat(locale, parts);

/** Seconds in full words, none of its units left out: "1 hour 30 minutes". @param {number} total @param {Width} [display] */
export function seconds(total, display = 'long') {
  /** @type {[string, number][]} */
  const parts = [['day', Math.floor(total / 86400)], ['hour', Math.floor(total / 3600) % 24], ['minute', Math.floor(total / 60) % 60], ['second', total % 60]];
  const said = parts.filter(([, n]) => n > 0).map(([name, n]) => unit(n, name, display));
  return said.length ? said.join(' ') : unit(0, 'second', display);
}

/** PT30M and P1D as seconds. @param {string | null} [iso] */
function lengthOf(iso) {
  const [, d = 0, hours = 0, minutes = 0, secs = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(iso ?? '') ?? [];
  return Number(d) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(secs);
}

/** A target as the explanation gives it ("PT30M", "P1D", "P1BD") in words. @param {string | null} [iso] */
export function target(iso) {
  const days = /^P(\d+)BD$/.exec(iso ?? '');
  if (days) return count('businessDays', Number(days[1]));
  return seconds(lengthOf(iso));
}

/** The same for the narrow column of a channel: "30 min". @param {string | null} [iso] */
export function shortTarget(iso) {
  if (/BD$/.test(iso ?? '')) return target(iso);
  return seconds(lengthOf(iso), 'short');
}

/** @param {Instant} at */
export const clock = at => dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
/** @param {Instant} at */
export const day = at => dates({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));

/** The whole instant with its zone: "Tuesday 24 November at 15:32:32 CET". @param {Instant} at */
export const instant = at => dates({ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }).format(new Date(at));

/** Weekday and time, for the steps of an explanation. @param {Instant} at */
export const weekday = at => dates({ weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** A day and time that may lie weeks away. @param {Instant} at */
export const moment = at => dates({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** @param {Instant} a @param {Instant} b */
const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** "today at 15:32", "tomorrow at 09:00", else the weekday and date. @param {Instant} at @param {Instant} now */
export function dayAndTime(at, now) {
  const ahead = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86400000);
  const near = Math.abs(ahead) <= 1;
  const name = near
    ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day')
    : dates({ weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
  return t('atTime', { day: name, time: clock(at) });
}

/** A message's time: the clock today, with the day before it otherwise. @param {Instant} at @param {Instant} now */
export const stamp = (at, now) => (sameDay(at, now) ? clock(at) : `${dates({ day: 'numeric', month: 'short' }).format(new Date(at))}, ${clock(at)}`);

/** The zone by name, as a reader knows it: "Central European Standard Time". @param {Instant} at */
export const zoneName = at => dates({ timeZone: zone, timeZoneName: 'long' }).formatToParts(new Date(at)).find(part => part.type === 'timeZoneName')?.value ?? zone;
