// The panel: head with back and close, the view, its one main action, and the foot that never goes away.
import { fill, h, icon } from './dom.js';
import { embedded, tellParent } from './frame.js';
import { session } from './session.js';
import { lang, t } from './texts.js';

/** @import { View } from './wire.js' */

const panel = /** @type {HTMLElement} */ (document.getElementById('panel'));
/** @type {View | null} */
let current = null;

/** Goes to a view by its address in the hash, so that the browser's own back works. @param {string} hash */
export function go(hash) {
  if (location.hash.slice(1) === hash) window.dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = hash;
}

/** @param {string} hash */
export const link = hash => `#${hash}`;

/** The address of a customer page with this one's language and frame. @param {string} path @param {Record<string, string>} [values] */
export function page(path, values = {}) {
  const url = new URL(path, new URL('..', import.meta.url));
  url.searchParams.set('lang', lang);
  if (embedded) url.searchParams.set('embedded', '1');
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}

export const closeButton = () => embedded
  && h('button', { type: 'button', class: 'icon-button close', 'aria-label': t('close'), onclick: () => tellParent('close') }, icon('close'));

/** @param {string} hash */
const backLink = hash => h('a', { class: 'icon-button', href: link(hash), 'aria-label': t('back') }, icon('back'));

/** @param {boolean} withRequests */
function foot(withRequests) {
  const phone = session?.phoneNumber;
  return (phone || (session && withRequests)) && h('footer', { class: 'panel-foot', 'aria-label': t('contactUs') },
    phone && h('span', { class: 'foot-line' }, icon('phone', 'small'), h('span', {}, t('premiumLine'), ' ',
      h('a', { testid: 'phone-number', class: 'figure', href: `tel:${phone.replace(/[^+\d]/g, '')}` }, session?.phoneText ?? phone))),
    session?.token && withRequests && h('a', { class: 'push', testid: 'my-requests', href: link('requests') }, t('requests.title')));
}

/** Takes away what is shown. */
export function blank() {
  current?.dispose?.();
  current = null;
  fill(panel, h('header', { class: 'panel-head' }, h('h1', {}, t('help')), closeButton()));
}

/**
 * Shows a view. The heading takes the focus, so that keyboard and screen reader start where the eye does; not on the first view, which nobody
 * has asked for.
 * @param {View} view
 */
export function show(view) {
  current?.dispose?.();
  const first = current === null;
  current = view;
  const title = h('h1', { tabindex: '-1' }, view.title);
  fill(panel,
    // Landmarks with names: in a frame they stand beside those of the vendor's page.
    h('header', { class: 'panel-head', 'aria-label': t('help') }, view.back !== undefined && backLink(view.back), title,
      view.tag && h('span', { class: 'tag' }, icon('check', 'small'), view.tag), closeButton()),
    h('main', { class: 'panel-main', 'aria-label': view.title },
      h('div', { class: 'panel-body' }, view.content),
      view.action && h('div', { class: 'panel-action' }, view.action)),
    foot(view.requests !== false));
  document.title = `${view.title} · ${t('product')}`;
  if (!first) {
    title.focus({ preventScroll: true });
    panel.querySelector('.panel-body')?.scrollTo(0, 0);
    window.scrollTo(0, 0);
  }
  view.shown?.();
}
