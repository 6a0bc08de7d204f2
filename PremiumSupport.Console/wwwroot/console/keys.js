// Keys of the console. An element says which key presses it with data-key ("n", "Shift+a", "g q"); the same click, once. Nothing fires while
// somebody types or composes, and single keys can be switched off.

const SWITCH = 'ps-single-keys';
let prefix = '', forget = 0;

export const singleKeys = () => localStorage.getItem(SWITCH) !== 'off';

/** True between the first and the second key of a pair such as g q. */
export const isInPair = () => prefix !== '';

/** False while a key belongs to a text, to an input method, to the browser, or to nobody. */
export function canUseKeys(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !singleKeys()) return false;
  if (document.querySelector('dialog[open], .mud-dialog-container')) return false;
  return !event.target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]');
}

function press(element) {
  if (element.matches('input, textarea')) { element.focus(); element.select?.(); }
  else (element.matches('a, button') ? element : element.querySelector('button') ?? element).click();
}

function find(combination) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(combination)}"]`)].find(element => element.checkVisibility?.() ?? true);
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.matches?.('input[type="search"]')) { event.target.blur(); return; }
  if (!canUseKeys(event)) return;
  const key = event.key === 'Escape' ? 'Esc' : event.shiftKey && /^[A-Z]$/.test(event.key) ? `Shift+${event.key.toLowerCase()}` : event.key;
  const element = find(prefix ? `${prefix} ${key}` : key);
  clearTimeout(forget);
  if (key === '?') { event.preventDefault(); openSheet('shortcuts'); return; }
  if (!element && !prefix && key === 'g') {
    prefix = 'g';
    forget = setTimeout(() => { prefix = ''; }, 1200);
    return;
  }
  prefix = '';
  if (!element) return;
  event.preventDefault();
  press(element);
});

document.addEventListener('change', event => {
  if (event.target.matches?.('[data-single-keys]')) localStorage.setItem(SWITCH, event.target.checked ? 'on' : 'off');
});

/** Opens one of the page's own dialogs. */
export function openSheet(id) {
  const sheet = document.getElementById(id);
  if (!sheet || sheet.open) return;
  const box = sheet.querySelector('[data-single-keys]');
  if (box) box.checked = singleKeys();
  sheet.showModal();
}
