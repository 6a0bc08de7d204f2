// Step four: what was promised, until when, and why; then the conversation itself. A request's own page shows the same.
import { ApiError, call, now } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { conversation } from '../conversation.js';
import { countdown, exceptionsOf } from '../countdown.js';
import { noticesOf } from '../notices.js';
import { session } from '../session.js';
import { page } from '../shell.js';
import { clock, dayAndTime, t, target, zoneName } from '../texts.js';
import { whyList } from '../why.js';
import { afterwards } from './after.js';
import { callPart } from './call.js';
import { notAvailable } from './unavailable.js';

/** @import { Ticket, View } from '../wire.js' */

/** PT1H as ms; null for business days, whose end only a calendar knows. @param {string} [iso] */
function lengthOf(iso) {
  const [, hours, minutes, secs] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(iso ?? '') ?? [];
  const ms = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(secs ?? 0)) * 1000;
  return ms || null;
}

/** @param {Ticket} ticket */
function claimNote(ticket) {
  const { state, reason } = ticket.claim;
  if (state === 'none') return null;
  if (state === 'declined') return h('p', { class: 'claim declined' }, icon('diamond', 'small'), h('span', {}, t('claim.declined'), ' ', reason && h('q', { lang: 'en' }, reason)));
  if (state === 'confirmed') return h('p', { class: 'claim' }, icon('diamond', 'small'), h('span', {}, t('claim.confirmed')));
  const standard = session?.channels?.find(channel => channel.kind === 'email')?.promises?.find(promise => promise.severity === 'standard')?.target;
  const length = lengthOf(standard);
  return h('p', { class: 'claim' }, icon('diamond', 'small'), h('span', {}, standard && length
    ? t('claim.pending', { standard: target(standard), time: clock(Date.parse(ticket.createdAt) + length) })
    : t('claim.pendingPlain')));
}

/** @param {Ticket} ticket */
function promiseCard(ticket) {
  if (!ticket.promise) return { element: h('p', { class: 'notice' }, icon('info'), h('span', {}, t('receipt.none'))), stop() {} };
  const { promise } = ticket;
  const clockface = countdown(promise);
  const open = !promise.answeredAt;
  return {
    stop: clockface.stop,
    element: h('section', { class: 'promise-card', 'aria-label': t('receipt.promise') },
      clockface.element,
      h('p', { class: 'absolute' }, h('strong', {}, t(open ? 'receipt.by' : 'receipt.was', { when: dayAndTime(promise.dueAt, now()) })), ' ', h('span', { class: 'quiet' }, zoneName(promise.dueAt))),
      h('p', { class: 'quiet' }, t(promise.commitment === 'guaranteed' ? 'receipt.guaranteed' : 'receipt.target')),
      noticesOf(promise, exceptionsOf(promise)),
      claimNote(ticket),
      h('details', { class: 'why-box', open: true }, h('summary', {}, t('receipt.why', { time: clock(promise.dueAt) })), whyList(promise.steps ?? []))),
  };
}

/** @param {Ticket} ticket */
function line(ticket) {
  return [t('request.number', { number: String(ticket.number) }), t(`status.${ticket.status}`), ticket.assigneeName && t('request.with', { name: ticket.assigneeName })].filter(Boolean).join(' · ');
}

/** @param {Ticket} ticket */
const shape = ticket => JSON.stringify([ticket.promise, ticket.claim]);

/**
 * sent: this is the receipt right after sending, not a later visit.
 * @param {string} number
 * @param {{ sent?: boolean }} [how]
 * @returns {Promise<View>}
 */
export async function requestView(number, { sent = false } = {}) {
  if (!session) return { title: t('requests.title'), back: '', content: notAvailable('unidentified') };
  /** @type {Ticket} */
  let ticket;
  try {
    ticket = await call('GET', `tickets/${encodeURIComponent(number)}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) return { title: t('requests.title'), back: '', content: notAvailable('unidentified') };
    return { title: t('requests.title'), back: 'requests', content: h('p', { class: 'notice' }, icon('info'), h('span', {}, t(error.status === 404 ? 'request.gone' : 'error.offline'))) };
  }

  const about = h('p', { class: 'quiet figure', role: 'status' }, line(ticket));
  let card = promiseCard(ticket);
  const place = h('div', {}, card.element);
  let known = shape(ticket);
  const after = afterwards(ticket, show);
  const calls = callPart(show);
  calls.draw(ticket);
  const talk = conversation(ticket, show);

  /** @param {Ticket} fresh */
  function show(fresh) {
    about.textContent = line(fresh);
    after.draw(fresh);
    calls.draw(fresh);
    if (shape(fresh) === known) return;
    known = shape(fresh);
    card.stop();
    card = promiseCard(fresh);
    fill(place, card.element);
  }

  return {
    title: sent ? t('receipt.title') : ticket.subject,
    back: sent ? '' : 'requests',
    content: h('div', { class: 'request', testid: sent ? 'receipt' : 'request', 'data-ticket': String(ticket.number) },
      sent && h('p', { class: 'subject' }, ticket.subject), about, place, calls.element,
      ticket.channel === 'chat' && ticket.status !== 'closed' && h('a', { class: 'button block', href: page('chat', { number: String(ticket.number) }) }, icon('chat'), t('request.openChat')),
      talk.element, after.element),
    dispose() { card.stop(); talk.stop(); },
  };
}
