// Step three: the details, for an email or for a call back. Sent once, however often the button is pressed.
import { ApiError, call } from '../api.js';
import { h } from '../dom.js';
import { draft, keepDraft } from '../drafts.js';
import { fileBox } from '../files.js';
import { newId } from '../ids.js';
import { clearErrors, field, fieldError, formError, showProblem } from '../problems.js';
import { session } from '../session.js';
import { go, link } from '../shell.js';
import { lang, t, target } from '../texts.js';
import { whenFields, wishOf } from './call.js';
import { question } from './ask.js';
import { promiseOf, seal } from './contact.js';
import { notAvailable, whyNot } from './unavailable.js';

/** @import { Channel, Criterion, View } from '../wire.js' */

/** @type {Criterion[]} */
const criteria = ['signIn', 'outage', 'content', 'dataLoss'];
const SUBJECT = 300, BODY = 100000;

/** @param {'email' | 'phone'} kind */
const channelOf = kind => session?.channels.find(channel => channel.kind === kind);

// The first sentence of the question makes a fair subject; the writer may change it.
/** @param {string} text */
const subjectOf = text => text.split(/[\n.?!]/)[0].trim().slice(0, 120);

/** @param {Channel | undefined} channel */
function criticalBox(channel) {
  const critical = promiseOf(channel, 'businessCritical'), standard = promiseOf(channel);
  const check = h('input', { type: 'checkbox', id: 'critical', name: 'businessCritical', testid: 'business-critical', 'aria-describedby': 'critical-hint' });
  const more = h('div', { class: 'critical-more', hidden: true },
    h('fieldset', { 'data-field': 'criterion' },
      h('legend', {}, t('critical.which')),
      criteria.map(word => h('label', { class: 'choice' },
        h('input', { type: 'radio', name: 'criterion', value: word, testid: 'criterion' }), h('span', {}, t(`criterion.${word}`)))),
      h('p', { class: 'field-error', id: 'criterion-error', hidden: true })),
    field(t('critical.impact'), h('textarea', { id: 'impact', name: 'impact', testid: 'impact', rows: 3, maxlength: 4000 })),
    h('p', { class: 'quiet' }, t('critical.not')));
  const sync = () => { more.hidden = !check.checked; };
  check.addEventListener('change', sync);
  const box = h('div', { class: 'critical-box' },
    h('label', { class: 'choice strong', for: 'critical' }, check, h('span', {}, t('critical.label'))),
    h('p', { class: 'hint', id: 'critical-hint' }, critical && standard ? t('critical.hint', { critical: target(critical.target), standard: target(standard.target) }) : t('critical.hintPlain')),
    more);
  return { box, sync };
}

/**
 * What the browser can see is wrong already: said at once, beside the field.
 * @param {HTMLFormElement} form
 * @param {ReturnType<typeof valuesOf>} values
 */
function check(form, values) {
  /** @type {[string, string][]} */
  const wrong = [];
  if (values.channel === 'phone' && !/\d{5}/.test((values.phoneNumber ?? '').replace(/\D/g, ''))) wrong.push(['phoneNumber', t('error.phone')]);
  if (values.channel === 'email' && !values.subject) wrong.push(['subject', t('error.subject')]);
  if (values.channel === 'email' && !values.body && !values.attachments?.length) wrong.push(['body', t('error.details')]);
  if (values.businessCritical && !values.criterion) wrong.push(['criterion', t('error.criterion')]);
  if (values.businessCritical && !values.impact) wrong.push(['impact', t('error.impact')]);
  wrong.forEach(([name, message]) => fieldError(form, name, message));
  /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid]'))?.focus();
  return wrong.length === 0;
}

/**
 * @typedef {{ channel: 'email' | 'phone', subject: string, body: string, phoneNumber?: string, callWindow?: object, businessCritical?: boolean, criterion?: string, impact?: string, locale: string, attachments?: string[], continuesChat?: number }} Values
 */

/** @param {HTMLFormElement} form @param {'email' | 'phone'} kind @returns {Values} */
function valuesOf(form, kind) {
  const data = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
  const subject = (data.subject ?? '').trim(), body = (data.body ?? '').trim();
  if (kind === 'phone') return { channel: 'phone', subject: subject || subjectOf(body) || t('call.subject'), body: body || subject || t('call.subject'), phoneNumber: data.phoneNumber.trim(), callWindow: wishOf(data), locale: lang };
  const critical = data.businessCritical === 'on';
  return { channel: 'email', subject, body, businessCritical: critical, ...(critical && { criterion: data.criterion, impact: data.impact?.trim() }), locale: lang };
}

/** @param {'email' | 'phone'} kind @returns {View} */
export function writeView(kind) {
  const reason = whyNot(kind);
  if (reason) return { title: t('contactUs'), back: 'contact', content: notAvailable(reason) };

  const channel = channelOf(kind), phone = kind === 'phone';
  const name = `write-${kind}`;
  const asked = question();
  const kept = draft.get(name);
  // Minted with the form and kept with it: a retry after a lost answer, even after a reload, is the same request.
  if (!kept.key) draft.set(name, { key: newId() });
  if (kept.subject === undefined && kept.body === undefined && asked) draft.set(name, { subject: subjectOf(asked), body: asked });

  const critical = !phone && session?.contact.role === 'superAdmin' ? criticalBox(channel) : null;
  const standard = promiseOf(channel);
  const button = h('button', { class: 'button primary block', type: 'submit', testid: phone ? 'request-call' : 'submit-ticket' }, t(phone ? 'call.request' : 'write.send'));
  const problem = formError();
  const files = phone ? null : fileBox(name);

  const form = h('form', { class: 'stack', novalidate: true },
    phone && field(t('call.number'), h('input', { id: 'phone', name: 'phoneNumber', type: 'tel', autocomplete: 'tel', inputmode: 'tel', testid: 'phone-input', required: true, placeholder: '+' }), { hint: t('call.hint') }),
    phone && whenFields(),
    field(t(phone ? 'call.about' : 'write.subject'), h('input', { id: 'subject', name: 'subject', type: 'text', maxlength: SUBJECT, testid: 'subject', autocomplete: 'off', required: !phone })),
    field(t(phone ? 'call.more' : 'write.details'), h('textarea', { id: 'details', name: 'body', rows: phone ? 3 : 6, maxlength: BODY, testid: 'details', required: !phone })),
    files && h('div', { class: 'field-files' }, files.list, files.button),
    critical?.box,
    standard && h('p', { class: 'promise-line' }, seal(standard.commitment), h('span', {}, t(`channel.${kind}.${standard.commitment}`, { time: target(standard.target) }))),
    lang !== 'en' && h('p', { class: 'quiet' }, t('contact.englishOnly')),
    problem, button);
  keepDraft(form, name);
  critical?.sync();
  files?.listen(form);

  let sending = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (sending) return;
    clearErrors(form);
    const values = { ...valuesOf(form, kind), ...(files && { attachments: files.kept.map(file => file.id) }) };
    if (!check(form, values) || files?.ready() === false) return;

    sending = true;
    button.setAttribute('aria-disabled', 'true');
    button.textContent = t('sending');
    try {
      // Words that came from a chat which nobody answered: it goes on here.
      const { key, continuesChat } = draft.get(name);
      const ticket = await call('POST', 'tickets', continuesChat && !phone ? { ...values, continuesChat } : values, { key });
      draft.drop(name);
      draft.drop('ask');
      go(`receipt/${ticket.number}`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A definite no had no effect, so the corrected form is a new request; after a lost answer the old key must stay.
      if (!error.passing) draft.set(name, { key: newId() });
      const reused = /idempot|callback-open/.test(error.code);
      showProblem(form, error, reused && h('a', { href: link('requests') }, t('requests.title')));
      button.textContent = t(error.passing ? 'retry' : phone ? 'call.request' : 'write.send');
    } finally {
      sending = false;
      button.removeAttribute('aria-disabled');
    }
  });

  return { title: t(phone ? 'call.title' : 'write.title'), back: 'contact', content: form };
}
