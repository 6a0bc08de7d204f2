// A friendly no: what does not work here, why, and what to do instead.
import { h, icon } from '../dom.js';
import { absence, session } from '../session.js';
import { link } from '../shell.js';
import { t } from '../texts.js';

/** @import { Absence, ChannelKind } from '../wire.js' */

/** @type {Absence[]} */
const known = ['unidentified', 'not-entitled', 'unknown-account', 'mobile-app'];

/** Why nothing is offered to this visitor, or null when something is. @param {ChannelKind} [kind] @returns {Absence | null} */
export function whyNot(kind) {
  if (!session) return 'unidentified';
  const asked = session.channels.filter(channel => !kind || channel.kind === kind);
  if (asked.some(channel => channel.available)) return null;
  const reason = asked[0]?.reason ?? session.channels[0]?.reason;
  return known.find(one => one === reason) ?? 'not-entitled';
}

/** home: where the articles are, when this is not the help page itself. @param {Absence} reason @param {string} [home] */
export function notAvailable(reason, home = link('')) {
  const ended = reason === 'unidentified' && (absence === 'ended' || absence === 'refused' || absence === 'offline') ? absence : null;
  return h('section', { class: 'not-available', testid: 'not-available', 'data-reason': reason },
    h('div', { class: 'not-available-icon' }, icon(reason === 'mobile-app' ? 'phone' : 'info')),
    h('h2', {}, t(`not.${reason}.title`)),
    h('p', {}, ended ? t(`not.${ended}`) : t(`not.${reason}.why`)),
    h('p', {}, t(`not.${reason}.instead`)),
    h('a', { class: 'button block', href: home }, t('not.articles')));
}
