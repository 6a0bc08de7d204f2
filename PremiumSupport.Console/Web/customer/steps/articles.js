// All articles by subject, for those who would rather look than ask.
import { call } from '../api.js';
import { h, icon } from '../dom.js';
import { link } from '../shell.js';
import { count, day, lang, t } from '../texts.js';

/** @import { ArticleFound, Shelf, View } from '../wire.js' */

/** A line that leads to an article; in English where there is no text in the page's language. @param {ArticleFound} article */
export const articleLine = article => h('li', {},
  h('a', { class: 'article-link', testid: 'article-suggestion', href: link(`article/${article.slug}`) },
    icon('doc'),
    h('span', {}, h('span', { class: 'article-title', lang: article.language }, article.title),
      h('span', { class: 'quiet figure' }, t('article.updated', { day: day(article.updatedAt) }), ' · ', count('article.minutes', article.minutes), article.language !== lang && [' · ', t('article.inEnglish')]))));

/** @returns {Promise<View>} */
export async function articlesView() {
  try {
    /** @type {{ items: Shelf[] }} */
    const { items } = await call('GET', `shelves?lang=${lang}`, undefined, { anonymous: true });
    return {
      title: t('articles.all'), back: '',
      content: items.length
        ? items.map(shelf => h('section', { class: 'shelf', testid: 'article-shelf' }, h('h2', { class: 'category' }, shelf.category), h('ul', { class: 'article-list' }, shelf.articles.map(articleLine))))
        : h('p', { class: 'quiet' }, t('articles.none')),
    };
  } catch {
    return { title: t('articles.all'), back: '', content: h('p', { class: 'notice' }, icon('info'), h('span', {}, t('ask.failed'))) };
  }
}
