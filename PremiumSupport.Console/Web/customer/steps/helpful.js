// "Was this helpful?": one answer of this reader, which can be changed, and a few words if they like.
import { call } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { newId } from '../ids.js';
import { browser } from '../keep.js';
import { lang, number, t } from '../texts.js';

const MOST = 1000, READER = 'premium-support.reader';

/** What this browser calls itself, so that its second answer replaces the first. */
function reader() {
  const known = browser.get(READER) ?? newId();
  browser.set(READER, known);
  return known;
}

/** @param {string} slug */
export function helpful(slug) {
  const kept = `premium-support.helpful.${slug}`;
  const said = h('div', { class: 'helpful-more' });
  const status = h('p', { class: 'helpful-said', role: 'status' });
  /** @param {boolean} yes */
  const button = yes => h('button', { type: 'button', class: 'button small', 'data-value': yes ? 'yes' : 'no', 'aria-pressed': 'false', onclick: () => answer(yes) }, t(yes ? 'yes' : 'no'));
  const buttons = [button(true), button(false)];

  /** @param {boolean | null} yes */
  function press(yes) {
    buttons.forEach((one, place) => one.setAttribute('aria-pressed', String(yes === (place === 0))));
  }

  /** @param {boolean} yes @param {string} [comment] */
  async function send(yes, comment) {
    await call('POST', `articles/${encodeURIComponent(slug)}/feedback`, { helpful: yes, comment, language: lang, reader: reader() });
    browser.set(kept, yes);
  }

  /** @param {boolean} yes */
  async function answer(yes) {
    press(yes);
    fill(status, icon('check', 'small'), ' ', t(yes ? 'article.thanks' : 'article.sorry'));
    fill(said, commentForm(yes));
    try {
      await send(yes);
    } catch {
      press(browser.get(kept));
      fill(status, t('article.notSent'));
    }
  }

  /** @param {boolean} yes */
  function commentForm(yes) {
    const words = h('textarea', { id: 'helpful-comment', name: 'comment', rows: 2, maxlength: MOST, testid: 'helpful-comment' });
    const form = h('form', { class: 'stack', onsubmit: async event => {
      event.preventDefault();
      const text = /** @type {HTMLTextAreaElement} */ (words).value.trim();
      if (!text) { words.focus(); return; }
      try {
        await send(yes, text);
        form.remove();
        fill(status, icon('check', 'small'), ' ', t('article.commented'));
      } catch {
        fill(status, t('article.notSent'));
      }
    } },
    h('div', { class: 'field' }, h('label', { for: 'helpful-comment' }, t(yes ? 'article.commentYes' : 'article.commentNo')), words, h('p', { class: 'quiet' }, t('article.commentHint', { n: number(MOST) }))),
    h('button', { type: 'submit', class: 'button small', testid: 'helpful-send' }, t('article.commentSend')));
    return form;
  }

  press(browser.get(kept));
  return h('section', { class: 'helpful', testid: 'article-helpful', 'aria-label': t('article.helpful') },
    h('div', { class: 'helpful-line' }, h('span', {}, t('article.helpful')), h('span', { class: 'helpful-buttons' }, buttons)), status, said);
}
