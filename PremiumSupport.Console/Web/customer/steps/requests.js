// The visitor's own requests, newest first.
import { ApiError, call, now } from '../api.js';
import { exceptionsOf } from '../countdown.js';
import { h, icon } from '../dom.js';
import { session } from '../session.js';
import { link } from '../shell.js';
import { dayAndTime, stamp, t } from '../texts.js';
import { notAvailable } from './unavailable.js';

/** @import { Ticket, View } from '../wire.js' */
/** @import { IconName } from '../dom.js' */

/** @type {Record<Ticket['channel'], IconName>} */
const icons = { email: 'mail', chat: 'chat', phone: 'phone', mailbox: 'mail' };

/** @param {Ticket} ticket */
function promised(ticket) {
  const promise = ticket.promise;
  if (!promise) return null;
  if (promise.answeredAt) return h('span', {}, t('request.answered', { when: stamp(promise.answeredAt, now()) }));
  const stop = exceptionsOf(promise).find(({ from, to }) => Date.parse(from) <= now() && now() < Date.parse(to));
  if (stop && !promise.breachedAt) return h('span', {}, t('request.paused', { when: dayAndTime(stop.to, now()) }));
  const late = Date.parse(promise.dueAt) < now();
  return h('span', { class: late ? 'overdue' : '' }, t(late ? 'request.overdue' : 'request.due', { when: dayAndTime(promise.dueAt, now()) }));
}

/** @param {Ticket} ticket */
export function requestRow(ticket) {
  return h('li', {}, h('a', { class: 'request-link', testid: 'request-row', 'data-ticket': String(ticket.number), 'data-status': ticket.status, href: link(`request/${ticket.number}`) },
    icon(icons[ticket.channel] ?? 'mail'),
    h('span', { class: 'request-text' },
      h('span', { class: 'request-subject' }, ticket.subject),
      h('span', { class: 'quiet figure' }, h('span', {}, `${ticket.number} · ${t(`status.${ticket.status}`)}`), promised(ticket) && ' · ', promised(ticket)))));
}

/** @returns {Promise<View>} */
export async function requestsView() {
  const title = t('requests.title');
  if (!session) return { title, back: '', requests: false, content: notAvailable('unidentified') };
  try {
    /** @type {{ items: Ticket[] }} */
    const { items } = await call('GET', 'tickets');
    return {
      title, back: '', requests: false,
      content: h('div', { testid: 'my-requests' }, items.length
        ? h('ul', { class: 'request-list' }, items.map(requestRow))
        : h('p', { class: 'empty' }, t('requests.empty'))),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) return { title, back: '', requests: false, content: notAvailable('unidentified') };
    return { title, back: '', requests: false, content: h('p', { class: 'notice' }, icon('info'), h('span', {}, t('error.offline'))) };
  }
}
