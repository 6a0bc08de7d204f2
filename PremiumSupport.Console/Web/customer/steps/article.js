// One article: what it says and in which language, when that was last checked, and whether it helped.
import { ApiError, call } from '../api.js';
import { noteAsked } from '../asked.js';
import { h, icon } from '../dom.js';
import { go, link } from '../shell.js';
import { count, day, lang, t } from '../texts.js';
import { helpful } from './helpful.js';

/** @import { Article, Child, View } from '../wire.js' */

/** The server sends HTML that it made from Markdown and sanitised; it is parsed apart from the page, so nothing in it can run while it is read. @param {string} html */
function safe(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const anchor of /** @type {NodeListOf<HTMLAnchorElement>} */ (parsed.querySelectorAll('a[href^="http"]'))) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  return [...parsed.body.childNodes];
}

/** Which version this is: English is the official one, and a translation says how it was made and leads there. @param {Article} article @returns {Child} */
function version(article) {
  if (lang === 'en') return null;
  const own = article.language === lang;
  const words = own ? t(article.origin === 'reviewed' ? 'article.reviewed' : 'article.machine') : t('article.english');
  const [hash, label] = own ? [`article/${article.slug}/en`, t('article.readEnglish')] : [`article/${article.slug}`, t('article.readOwn')];
  return h('div', { class: 'notice', testid: 'article-version', 'data-origin': article.origin, 'data-language': article.language }, icon('info'),
    h('span', {}, words, own && article.isOutOfDate ? ` ${t('article.older')}` : '', (own || article.languages.includes(lang)) && [' ', h('a', { href: link(hash), hreflang: own ? 'en' : lang }, label)]));
}

/** @param {string} slug @param {string} [wanted] the language, when another than the page's is asked for @returns {Promise<View>} */
export async function articleView(slug, wanted) {
  const action = [
    h('p', { class: 'quiet' }, t('ask.stuck')),
    h('button', { type: 'button', class: 'button primary block', testid: 'contact-us', onclick: () => { noteAsked({ contacted: true }); go('contact'); } }, t('contactUs')),
  ];
  try {
    /** @type {Article} */
    const article = await call('GET', `articles/${encodeURIComponent(slug)}?lang=${encodeURIComponent(wanted ?? lang)}`, undefined, { anonymous: true });
    noteAsked({ read: article.slug });
    return {
      title: article.title, back: '', action,
      content: [
        h('p', { class: 'quiet figure' }, h('span', { class: 'category' }, article.category), ' · ', t('article.updated', { day: day(article.updatedAt) }), ' · ', count('article.minutes', article.minutes)),
        version(article),
        h('article', { class: 'prose', lang: article.language }, safe(article.html)),
        helpful(article.slug),
      ],
    };
  } catch (error) {
    return { title: t('help'), back: '', action, content: h('p', { class: 'notice' }, icon('info'), h('span', {}, t(error instanceof ApiError && error.status === 404 ? 'article.gone' : 'ask.failed'))) };
  }
}
