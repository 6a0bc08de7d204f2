// Why the deadline is that instant, in the page's language, from the same steps that the specialist reads.
import { h, icon } from './dom.js';
import { clock, day, instant, moment, rich, t, target, weekday } from './texts.js';

/** @import { Child, Step, StepValues } from './wire.js' */
/** @import { IconName } from './dom.js' */

/** @param {string[]} parts */
const list = parts => new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(parts);

/** @param {string} walk */
const walked = walk => list(walk.split(' ').filter(Boolean).map(span => {
  const [from, to] = span.split('/');
  return `${weekday(from)}–${clock(to)}`;
}));

/** @type {Record<string, (values: StepValues) => Child>} */
const say = {
  entitlement: v => t('why.entitlement', { account: v.account, until: day(v.until) }),
  role: v => t(v.role === 'superAdmin' ? 'why.role.superAdmin' : 'why.role.user'),
  channel: v => (v.from ? t('why.wished', { at: moment(v.from) }) : t(`why.channel.${v.channel}`)),
  claim: v => t('why.claim', { criterion: t(`criterion.${v.criterion}`) }),
  decision: v => t(`why.decision.${v.state}`, { at: v.at ? weekday(v.at) : '' }),
  policy: v => t(`why.policy.${v.commitment}`, { version: v.version, target: target(v.target) }) + (v.appliedAt ? ` ${t('why.policy.applied', { at: moment(v.appliedAt) })}` : ''),
  clock: v => (v.calendar === '24x7'
    ? t('why.clock.always', { start: weekday(v.start) })
    : t('why.clock.calendar', { zone: v.zone, start: weekday(v.start), walk: walked(v.walk ?? '') }) + (v.holidays ? ` ${t('why.clock.holidays', { holidays: v.holidays })}` : '')),
  // The notice is the vendor's own words and in English, as support is.
  exception: v => rich('why.exception', { reason: t(`exception.reason.${v.reason}`), from: moment(v.from), to: moment(v.to), note: h('q', { lang: 'en' }, v.note) }),
  waiting: v => t('why.waiting', { from: moment(v.from), to: moment(v.to) }),
  due: v => t(v.stands === 'true' ? 'why.stands' : 'why.due', { at: instant(v.at) }),
};

/** @type {Record<string, IconName>} */
const marks = { exception: 'pause', waiting: 'pause' };

/** @param {Step[]} steps */
export const whyList = steps => h('ul', { class: 'why' },
  steps.filter(step => say[step.kind]).map(step => h('li', {}, icon(marks[step.kind] ?? (step.kind === 'decision' && step.values.state === 'pending' ? 'diamond' : 'check'), 'small'), h('span', {}, say[step.kind](step.values)))));
