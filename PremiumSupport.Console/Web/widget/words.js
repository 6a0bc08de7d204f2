// The loader's own few words. All others are in the frame.

/** @type {Record<string, [help: string, unread: string]>} */
const words = {
  en: ['Help', '{n} unread'],
  de: ['Hilfe', '{n} ungelesen'],
  es: ['Ayuda', '{n} sin leer'],
  fr: ['Aide', '{n} non lus'],
  it: ['Aiuto', '{n} da leggere'],
  nb: ['Hjelp', '{n} uleste'],
};

/** The language that is spoken for a locale; without one the page's, then the browser's, then English. @param {string} [locale] */
export function languageOf(locale) {
  const wanted = (locale || document.documentElement.lang || navigator.language || 'en').toLowerCase().split(/[-_]/)[0];
  const known = wanted === 'no' || wanted === 'nn' ? 'nb' : wanted;
  return Object.hasOwn(words, known) ? known : 'en';
}

/** The name of icon and dialog. @param {string} language */
export const help = language => words[language][0];

/** The icon's name with what is unread. @param {string} language @param {number} unread */
export const named = (language, unread) => (unread ? `${help(language)}, ${words[language][1].replace('{n}', String(unread))}` : help(language));
