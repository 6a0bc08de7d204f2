import css from './widget.css';

/**
 * Adds the loader's style. A constructed sheet needs nothing of the page's content security policy; a browser without them gets a style element, which
 * needs the nonce.
 * @param {string} nonce
 */
export function addStyle(nonce) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    const element = document.createElement('style');
    element.nonce = nonce;
    element.textContent = css;
    document.head.append(element);
  }
}
