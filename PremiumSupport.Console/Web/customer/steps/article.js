// One article: what it says, when that was last checked, and whether it helped.
import { ApiError, call } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { go } from '../shell.js';
import { count, day, lang, t } from '../texts.js';

/** @import { Article, View } from '../wire.js' */

/** @param {string} slug */
function helpful(slug) {
  const box = h('div', { class: 'helpful', testid: 'article-helpful', role: 'group', 'aria-label': t('article.helpful') });
  /** @param {boolean} yes */
  const answer = async yes => {
    fill(box, h('p', { role: 'status' }, icon('check', 'small'), ' ', t(yes ? 'article.thanks' : 'article.sorry')));
    if (!yes) box.append(h('button', { type: 'button', class: 'button', onclick: () => go('contact') }, t('contactUs')));
    await call('POST', `articles/${encodeURIComponent(slug)}/feedback`, { helpful: yes }).catch(() => {});
  };
  return fill(box, h('span', {}, t('article.helpful')),
    h('span', { class: 'helpful-buttons' },
      h('button', { type: 'button', class: 'button small', 'data-value': 'yes', onclick: () => answer(true) }, t('yes')),
      h('button', { type: 'button', class: 'button small', 'data-value': 'no', onclick: () => answer(false) }, t('no'))));
}

/** The server sends HTML that it made from Markdown and sanitised; it is parsed apart from the page, so nothing in it can run while it is read. @param {string} html */
function safe(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const anchor of /** @type {NodeListOf<HTMLAnchorElement>} */ (parsed.querySelectorAll('a[href^="http"]'))) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  return [...parsed.body.childNodes];
}

/** @param {string} slug @returns {Promise<View>} */
export async function articleView(slug) {
  const action = [
    h('p', { class: 'quiet' }, t('ask.stuck')),
    h('button', { type: 'button', class: 'button primary block', testid: 'contact-us', onclick: () => go('contact') }, t('contactUs')),
  ];
  try {
    /** @type {Article} */
    const article = await call('GET', `articles/${encodeURIComponent(slug)}?lang=${lang}`, undefined, { anonymous: true });
    return {
      title: article.title, back: '', action,
      content: [
        h('p', { class: 'quiet figure' }, t('article.updated', { day: day(article.updatedAt) }), ' · ', count('article.minutes', article.minutes)),
        lang !== 'en' && h('p', { class: 'notice' }, icon('info'), h('span', {}, t('article.english'))),
        h('article', { class: 'prose', lang: article.language ?? 'en' }, safe(article.html)),
        helpful(article.slug),
      ],
    };
  } catch (error) {
    return { title: t('help'), back: '', action, content: h('p', { class: 'notice' }, icon('info'), h('span', {}, t(error instanceof ApiError && error.status === 404 ? 'article.gone' : 'ask.failed'))) };
  }
}
