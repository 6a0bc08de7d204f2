// Keys of the console. An element says which key presses it with data-key ("n", "Shift+a", "g q"); the same click, once. Nothing fires while
// somebody types or composes, single keys can be switched off, and each person can have keys of their own (own-keys.js).

import { commands, keyed, keycaps, press } from './commands.js';
import { closeInline } from './inline.js';
import { combinationOf, commandOf, keyOf } from './own-keys.js';

export { combinationOf, commandOf, keyOf };

const SWITCH = 'ps-single-keys';
let prefix = '', forget = 0;

export const singleKeys = () => localStorage.getItem(SWITCH) !== 'off';

/** True between the first and the second key of a pair such as g q. */
export const isInPair = () => prefix !== '';

/** False while a key belongs to a text, to an input method, to the browser, or to nobody. */
export function canUseKeys(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !singleKeys()) return false;
  if (document.querySelector('dialog[open], .mud-dialog-container, .mud-popover-open')) return false;
  // What is open is closed first; the way back is the next press.
  if (event.key === 'Escape' && document.querySelector('[popover="auto"]:popover-open')) return false;
  return !event.target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]');
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.matches?.('input[type="search"]')) { event.target.blur(); return; }
  // The library's menus hear Escape only once an arrow key went into them; what closes them otherwise is a press beside them.
  const beside = event.key === 'Escape' && !event.defaultPrevented && document.querySelector('.mud-popover-open') ? document.querySelector('.mud-overlay') : null;
  if (beside) { event.preventDefault(); beside.click(); return; }
  if (closeInline(event)) { event.preventDefault(); return; }
  if (!canUseKeys(event)) return;
  const key = combinationOf(event), command = commandOf(prefix ? `${prefix} ${key}` : key);
  const element = command ? keyed(command) : undefined;
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
  const back = document.activeElement;
  if (id === 'shortcuts') list(sheet);
  sheet.addEventListener('close', () => { if (back?.isConnected) back.focus({ preventScroll: true }); }, { once: true });
  sheet.showModal();
}

// Keys that belong to a list or to a field and press no element of the page.
const PLACES = { j: '[data-testid="queue-row"]', k: '[data-testid="queue-row"]', 'Shift+x': '[data-testid="queue-row"]', Enter: '[data-testid="queue-row"]', x: '[data-testid="queue-row"]', w: 'sla-badge', 'Ctrl+Enter': '.composer', 'Ctrl+Shift+Enter': '.composer' };

/** Shows what works here and nothing else: the keys that the sheet knows, and those of the page that it does not. */
function list(sheet) {
  const rows = sheet.querySelector('dl');
  rows.querySelectorAll('[data-added]').forEach(added => added.remove());
  const here = new Map(commands().filter(one => one.key).map(one => [one.key, one.name])), told = new Set();
  for (const term of rows.querySelectorAll('dt')) {
    const combination = term.dataset.keys;
    term.replaceChildren(...keycaps(keyOf(combination)));
    const works = ['?', 'Ctrl+K'].includes(combination) || (PLACES[combination] ? document.querySelector(PLACES[combination]) !== null : keyed(combination) !== undefined);
    term.hidden = term.nextElementSibling.hidden = !works || !keyOf(combination);
    // The same key may do something else on another page.
    if (here.has(combination)) term.nextElementSibling.textContent = here.get(combination);
    told.add(combination);
  }
  for (const { name, key } of [{ name: 'Commands and tickets', key: 'Ctrl+K' }, ...(document.querySelector('.composer') ? [{ name: 'Send, solve and claim the next', key: 'Ctrl+Shift+Enter' }] : []), ...commands()]) {
    if (!key || told.has(key) || !keyOf(key)) continue;
    told.add(key);
    const term = document.createElement('dt'), what = document.createElement('dd');
    term.append(...keycaps(keyOf(key)));
    what.textContent = name;
    term.dataset.added = what.dataset.added = '';
    rows.append(term, what);
  }
}
