// Step one: the question in the visitor's own words, and the articles that may answer it already.
import { ApiError, call } from '../api.js';
import { forgetAsked, noteAsked, question } from '../asked.js';
import { fill, h, icon } from '../dom.js';
import { draft, keepDraft } from '../drafts.js';
import { session } from '../session.js';
import { go, link } from '../shell.js';
import { lang, count, t } from '../texts.js';
import { articleLine } from './articles.js';
import { requestRow } from './requests.js';

/** @import { ArticleFound, Ticket, View } from '../wire.js' */

const WAIT = 250, SETTLED = 2500;

export { question };

/** @param {string | null} prefill @returns {View} */
export function askView(prefill) {
  if (prefill) draft.set('ask', { question: prefill });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settled;
  let asked = 0;
  const found = h('div', { class: 'found' });
  const status = h('p', { class: 'visually-hidden', role: 'status' });

  async function search() {
    clearTimeout(timer);
    clearTimeout(settled);
    const text = question();
    const mine = ++asked;
    if (text.length < 2) { forgetAsked(); fill(found); status.textContent = ''; return; }
    try {
      /** @type {{ items: ArticleFound[] }} */
      const { items } = await call('GET', `articles?q=${encodeURIComponent(text.slice(0, 300))}&lang=${lang}`, undefined, { anonymous: true });
      if (mine !== asked) return;
      status.textContent = items.length ? count('ask.found', items.length) : t('ask.nothing');
      fill(found, items.length
        ? [h('h2', {}, t('ask.suggested')), h('ul', { class: 'article-list' }, items.map(articleLine))]
        : h('p', { class: 'quiet' }, t('ask.nothing')));
      // Only what somebody stopped typing is a question; half a word finds nothing often enough.
      if (!items.length) settled = setTimeout(noteAsked, SETTLED);
    } catch (error) {
      if (mine !== asked || !(error instanceof ApiError)) return;
      fill(found, h('p', { class: 'quiet' }, t('ask.failed'), ' ', h('button', { type: 'button', class: 'text-button', onclick: search }, t('retry'))));
    }
  }

  const input = h('textarea', {
    id: 'ask', name: 'question', testid: 'ask-input', rows: 3, maxlength: 2000, placeholder: t('ask.placeholder'),
    onkeydown: event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); search(); }
    },
  });
  const form = h('form', { class: 'stack', onsubmit: event => { event.preventDefault(); search(); } },
    h('div', { class: 'field' }, h('label', { for: 'ask' }, t('ask.label')), input),
    h('button', { class: 'button block', type: 'submit' }, t('ask.find'), icon('arrow')));
  keepDraft(form, 'ask');
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, WAIT); });

  const latest = h('div');
  async function requests() {
    if (!session?.token) return;
    /** @type {{ items: Ticket[] }} */
    const { items } = await call('GET', 'tickets').catch(() => ({ items: [] }));
    const open = items.filter(ticket => !['closed'].includes(ticket.status)).slice(0, 3);
    if (open.length) fill(latest, h('section', { class: 'latest' }, h('h2', {}, t('requests.latest')), h('ul', { class: 'request-list' }, open.map(requestRow))));
  }

  const name = session?.contact?.name?.split(' ')[0];
  return {
    title: t('help'),
    tag: session?.channels?.some(channel => channel.available) && t('product'),
    content: [
      h('p', { class: 'lead' }, name ? t('ask.hello', { name }) : t('ask.helloNobody')),
      form, status, found,
      h('p', {}, h('a', { class: 'browse', testid: 'all-articles', href: link('articles') }, t('articles.all'))),
      latest,
    ],
    action: [
      h('p', { class: 'quiet' }, t('ask.stuck')),
      h('button', { type: 'button', class: 'button primary block', testid: 'contact-us', onclick: () => { noteAsked({ contacted: true }); go('contact'); } }, t('contactUs')),
    ],
    shown() { if (question()) search(); requests(); },
    dispose() { clearTimeout(timer); clearTimeout(settled); asked++; },
  };
}
