// Makes elements and icons. Text always goes in as text: nothing here parses HTML.

/** @import { Attributes, Child } from './wire.js' */

const SVG = 'http://www.w3.org/2000/svg';

// 24-grid strokes of 1.6, drawn for these pages.
const paths = {
  arrow: 'M4.5 12h15M13.5 6l6 6-6 6',
  back: 'M14.5 6l-6 6 6 6',
  chat: 'M4 18.5V7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7.500a2 2 0 0 1-2 2H8z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  clip: 'M19 11.200l-7.300 7.300a4.600 4.600 0 0 1-6.500-6.500l7.700-7.700a3.100 3.100 0 0 1 4.400 4.400l-7.300 7.300a1.500 1.500 0 0 1-2.200-2.100l6.600-6.600',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  diamond: 'M12 4l8 8-8 8-8-8z',
  doc: 'M6.500 3.500h7l4 4v13h-11zM13.500 3.500v4h4M9.500 12h5M9.500 15.500h5',
  down: 'M12 4.500v10.500M7.500 10.500L12 15l4.500-4.500M5 19.500h14',
  flame: 'M12 3.500c.5 3 4.500 5 4.500 9.500a4.500 4.500 0 0 1-9 0c0-1.500.7-2.600 1.600-3.600.3 1.200.9 1.700 1.500 1.900-.4-3 .1-5.800 1.400-7.800z',
  info: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5.500M12 7.600v.01',
  mail: 'M3.500 6h17v12.500h-17zM4 6.500l8 6.500 8-6.500',
  moon: 'M19 14.500A7.500 7.500 0 0 1 9.500 5a7.500 7.500 0 1 0 9.500 9.500z',
  off: 'M4 4l16 16M4 10.500a11.500 11.500 0 0 1 3.500-2.400M20 10.500A11.500 11.500 0 0 0 11.500 7M7 13.800a7.500 7.500 0 0 1 3-1.700M9.800 17a3.500 3.500 0 0 1 4.400 0',
  pause: 'M9 7v10M15 7v10',
  phone: 'M6.500 4h3l1.400 4-2 1.500a11 11 0 0 0 5.600 5.600l1.500-2 4 1.400v3a1.500 1.500 0 0 1-1.500 1.500C11.500 19 5 12.500 5 5.500A1.500 1.500 0 0 1 6.500 4z',
  refresh: 'M19.500 11.500A7.500 7.500 0 0 0 6 8M4.500 12.500A7.500 7.500 0 0 0 18 16M5.500 4.500V8.500h4M18.500 19.500v-4h-4',
  send: 'M20 4L3.500 10.800l6.700 3L13.200 20.500zM10.200 13.800L20 4',
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
