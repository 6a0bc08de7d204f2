/**
 * Leaves out of a minified stylesheet what its pages cannot reach: custom properties that nothing uses, and themes that only the console switches to.
 * @param {string} css
 * @param {string} [beside] what else uses its properties
 */
export function prune(css, beside = '') {
  let left = css.replace(/(?<=^|\})\[data-theme=[^{},]*\{[^{}]*\}/g, '');
  for (let before = ''; before !== left;) {
    before = left;
    const used = new Set(Array.from((left + beside.replaceAll(css, '')).matchAll(/var\((--[\w-]+)/g), match => match[1]));
    left = left.replace(/(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=\}))/g, (whole, name) => (used.has(name) ? whole : ''));
  }
  return left.replaceAll(';}', '}').replace(/(?<=^|\}|\{)[^{};]+\{\}/g, '');
}
