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

/**
 * Gives the custom properties of sheets that are always loaded together names of a letter or two, the same in all: the long ones weigh a third of a kilobyte, compressed, and no script of theirs reads one.
 * @param {string[]} sheets
 */
export function shorten(sheets) {
  /** @type {Map<string, string>} */
  const names = new Map();
  const short = (/** @type {string} */ name) => names.get(name) ?? names.set(name, `--${names.size.toString(36)}`).get(name) ?? name;
  return sheets.map(css => css.replace(/--ps-[\w-]+/g, short).replace(/(--\w+): /g, '$1:'));
}
