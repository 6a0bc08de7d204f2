// Step two: the channels of this package, each with its promise. What the package does not include is not shown.
import { avatar } from '../bubbles.js';
import { h, icon } from '../dom.js';
import { session } from '../session.js';
import { noticesInForce } from '../notices.js';
import { go, page } from '../shell.js';
import { lang, shortTarget, t, target } from '../texts.js';
import { notAvailable, whyNot } from './unavailable.js';

/** @import { Channel, ChannelKind, Commitment, Severity, View } from '../wire.js' */
/** @import { IconName } from '../dom.js' */

/** @type {ChannelKind[]} */
const order = ['email', 'chat', 'phone'];
/** @type {Record<ChannelKind, IconName>} */
const icons = { email: 'mail', chat: 'chat', phone: 'phone' };

/** The promise of a channel for a severity, or null. @param {Channel | undefined} channel @param {Severity} [severity] */
export const promiseOf = (channel, severity = 'standard') => channel?.promises?.find(promise => promise.severity === severity) ?? null;

/** A sealed short figure and a sentence: numbers come from the policy, never from the text. @param {Channel} channel */
function promised(channel) {
  const standard = promiseOf(channel);
  const critical = promiseOf(channel, 'businessCritical');
  if (!standard) return { seal: null, figure: '', sentence: t(`channel.${channel.kind}.plain`) };
  const time = target(standard.target), short = shortTarget(standard.target);
  if (channel.kind !== 'email') return { seal: standard.commitment, figure: t('channel.usually', { time: short }), sentence: t(`channel.${channel.kind}.${standard.commitment}`, { time }) };
  return critical && critical.target !== standard.target
    ? { seal: standard.commitment, figure: t('channel.either', { first: shortTarget(critical.target), second: short }), sentence: t('channel.email.both', { critical: target(critical.target), standard: time }) }
    : { seal: standard.commitment, figure: short, sentence: t(`channel.email.${standard.commitment}`, { time }) };
}

/** @param {Commitment} commitment */
export const seal = commitment => h('span', { class: `seal ${commitment}`, 'aria-hidden': 'true' });

/** @param {Channel} channel */
function option(channel) {
  const { seal: commitment, figure, sentence } = promised(channel);
  return h('li', {}, h('button', { type: 'button', class: 'channel', testid: `channel-${channel.kind}`, onclick: () => choose(channel.kind) },
    h('span', { class: 'channel-icon' }, icon(icons[channel.kind])),
    h('span', { class: 'channel-name' }, t(`channel.${channel.kind}`)),
    figure && h('span', { class: 'channel-promise figure' }, commitment && seal(commitment), figure),
    h('span', { class: 'channel-text' }, sentence)));
}

/** @param {ChannelKind} kind */
function choose(kind) {
  if (kind === 'chat') location.assign(page('chat'));
  else go(`write/${kind}`);
}

/** @returns {Promise<View>} */
export async function contactView() {
  const reason = whyNot();
  if (reason) return { title: t('contactUs'), back: '', content: notAvailable(reason) };
  const offered = order.flatMap(kind => session?.channels.find(channel => channel.kind === kind && channel.available) ?? []);
  return {
    title: t('contact.title'), back: '',
    content: [
      ...await noticesInForce(),
      h('ul', { class: 'channels' }, offered.map(option)),
      session?.contact.staff && h('p', { class: 'quiet' }, avatar(session.contact.staff), ' ', t('contact.yours', { name: session.contact.staff })),
      h('p', { class: 'quiet' }, t(lang === 'en' ? 'contact.english' : 'contact.englishOnly')),
    ],
  };
}
