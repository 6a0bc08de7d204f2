// Makes elements and icons. Text always goes in as text: nothing here parses HTML.

/** @import { Attributes, Child } from './wire.js' */

const SVG = 'http://www.w3.org/2000/svg';

// 24-grid strokes of 1.6, drawn for these pages.
const paths = {
  arrow: 'M4.5 12h15M13.5 6l6 6-6 6',
  back: 'M14.5 6l-6 6 6 6',
  chat: 'M4 18.5V7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2H8z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clip: 'M19 11.2l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.7-7.7a3.1 3.1 0 0 1 4.4 4.4l-7.3 7.3a1.5 1.5 0 0 1-2.2-2.1l6.6-6.6',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  diamond: 'M12 4l8 8-8 8-8-8z',
  doc: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4M9.5 12h5M9.5 15.5h5',
  down: 'M12 4.5v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14',
  flame: 'M12 3.5c.5 3 4.5 5 4.5 9.5a4.5 4.5 0 0 1-9 0c0-1.5.7-2.6 1.6-3.6.3 1.2.9 1.7 1.5 1.9-.4-3 .1-5.8 1.4-7.8z',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.6v.01',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  moon: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z',
  off: 'M4 4l16 16M4 10.5a11.5 11.5 0 0 1 3.5-2.4M20 10.5A11.5 11.5 0 0 0 11.5 7M7 13.8a7.5 7.5 0 0 1 3-1.7M9.8 17a3.5 3.5 0 0 1 4.4 0',
  pause: 'M9 7v10M15 7v10',
  phone: 'M6.5 4h3l1.4 4-2 1.5a11 11 0 0 0 5.6 5.6l1.5-2 4 1.4v3a1.5 1.5 0 0 1-1.5 1.5C11.5 19 5 12.5 5 5.5A1.5 1.5 0 0 1 6.5 4z',
  refresh: 'M19.5 11.5A7.5 7.5 0 0 0 6 8M4.5 12.5A7.5 7.5 0 0 0 18 16M5.5 4.5V8.5h4M18.5 19.5v-4h-4',
  send: 'M20 4L3.5 10.8l6.7 3L13.2 20.5zM10.2 13.8L20 4',
};

/** @typedef {keyof typeof paths} IconName */

/** A decorative icon; what it means always stands beside it in words. @param {IconName} name */
export function icon(name, className = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon ${className}`.trim());
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/**
 * h('button', { class: 'button', testid: 'x', onclick }, 'Text', node, [more]). Functions become listeners, true an empty attribute;
 * null, undefined and false leave the attribute or the child out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'testid') element.dataset.testid = value;
    else if (name === 'value') /** @type {HTMLInputElement} */ (element).value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...nodes(children));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
const nodes = children => children.flatMap(child => (Array.isArray(child) ? nodes(child) : child === null || child === undefined || child === false ? [] : [child]));

/**
 * Replaces what an element holds.
 * @template {Element} E
 * @param {E} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}
