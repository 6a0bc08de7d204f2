// Ctrl K or ⌘ K, everywhere and in fields too: what can be done here with its key, where to go, and tickets by number and by words. Typing narrows it here in the browser; only tickets
// are asked of the server, once the typing pauses.

import { commands, keycaps } from './commands.js';
import { keyOf } from './own-keys.js';

const PAUSE = 180, MOST = 60;
let sheet = null, input, list, count, before = null, shown = [], at = 0, timer = 0, asked = 0;

document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
  if (document.querySelector('dialog[open]:not(#palette), .mud-dialog-container')) return;
  event.preventDefault();
  if (sheet?.open) sheet.close();
  else open();
});

document.addEventListener('click', event => { if (event.target.closest?.('[data-palette]')) open(); });

function build() {
  sheet = document.getElementById('palette');
  if (!sheet) return false;
  [input, list, count] = ['input', '[role="listbox"]', '[role="status"]'].map(part => sheet.querySelector(part));
  input.addEventListener('input', () => { narrow(); find(); });
  input.addEventListener('keydown', onKey);
  list.addEventListener('click', event => { const row = event.target.closest('[role="option"]'); if (row) choose(Number(row.dataset.place)); });
  list.addEventListener('pointermove', event => { const row = event.target.closest('[role="option"]'); if (row && Number(row.dataset.place) !== at) { at = Number(row.dataset.place); mark(); } });
  sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });
  // Whoever opened it from a field goes on where they were.
  sheet.addEventListener('close', () => { clearTimeout(timer); const back = before; before = null; if (back?.isConnected) back.focus({ preventScroll: true }); });
  return true;
}

function open() {
  if (!document.getElementById('palette')?.isConnected || (sheet !== document.getElementById('palette') && !build())) return;
  before = document.activeElement;
  [all, tickets, only] = [commands(), [], false];
  name('A command, a ticket number or words');
  input.value = '';
  narrow();
  sheet.showModal();
  input.focus();
}

// What is to be typed is said to eyes and ears alike.
function name(words) {
  input.setAttribute('aria-label', words);
  input.placeholder = words;
}

let all = [], tickets = [];

/** Opens it with a list of its own: something of the place is to be chosen, and nothing else is looked for. */
export function openList(title, items) {
  if (!document.getElementById('palette')?.isConnected || (sheet !== document.getElementById('palette') && !build())) return;
  before = document.activeElement;
  [all, tickets, only] = [items, [], true];
  input.value = '';
  name(title);
  narrow();
  sheet.showModal();
  input.focus();
}

let only = false;

function narrow() {
  const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = words.length ? all.filter(one => words.every(word => one.name.toLowerCase().includes(word))) : all;
  const text = input.value.trim();
  const search = text && !only ? [{ name: `Search tickets and messages for “${text}”`, key: '', group: 'Search', run: () => go(`/search?q=${encodeURIComponent(text)}`) }] : [];
  shown = [...fits.map(one => ({ group: 'Here', ...one })), ...tickets, ...search].slice(0, MOST);
  at = 0;
  draw();
}

function draw() {
  let group = '';
  list.replaceChildren(...shown.flatMap((one, place) => {
    const row = document.createElement('li');
    row.id = `palette-${place}`;
    row.setAttribute('role', 'option');
    row.dataset.place = String(place);
    const name = document.createElement('span');
    name.className = 'trunc';
    name.textContent = one.name;
    row.append(name);
    if (one.about) { const about = document.createElement('span'); about.className = 'ink3 trunc about'; about.textContent = one.about; row.append(about); }
    if (one.key && keyOf(one.key)) { const keys = document.createElement('span'); keys.className = 'push line tight'; keys.append(...keycaps(keyOf(one.key))); row.append(keys); }
    if (one.group === group) return [row];
    group = one.group;
    const head = document.createElement('li');
    head.setAttribute('role', 'presentation');
    head.className = 'group';
    head.textContent = group;
    return [head, row];
  }));
  count.textContent = shown.length ? `${shown.length} found` : only ? 'Nothing here by that name.' : 'Nothing here by that name. Type a ticket number or words.';
  mark();
}

function mark() {
  for (const row of list.querySelectorAll('[role="option"]')) row.setAttribute('aria-selected', String(Number(row.dataset.place) === at));
  const row = document.getElementById(`palette-${at}`);
  if (row) input.setAttribute('aria-activedescendant', row.id); else input.removeAttribute('aria-activedescendant');
  row?.scrollIntoView({ block: 'nearest' });
}

function onKey(event) {
  if (event.isComposing) return;
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (by && shown.length) {
    event.preventDefault();
    at = Math.abs(by) === 1 ? (at + by + shown.length) % shown.length : Math.min(shown.length - 1, Math.max(0, at + by));
    mark();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    choose(at);
  }
}

function choose(place) {
  const one = shown[place];
  if (!one) return;
  const back = before;
  before = null;
  sheet.close();
  // What is chosen acts from where the palette was opened: a menu that it opens gives the focus back there.
  if (back?.isConnected) back.focus({ preventScroll: true });
  one.run();
}

function find() {
  clearTimeout(timer);
  const text = input.value.trim(), mine = ++asked;
  if (only || text.length < 2) { tickets = []; narrow(); return; }
  timer = setTimeout(async () => {
    try {
      const answer = await fetch(`/edit/find?q=${encodeURIComponent(text)}`, { cache: 'no-store' });
      if (!answer.ok || mine !== asked || !sheet.open) return;
      const keep = at;
      tickets = (await answer.json()).map(ticket => ({ name: `${ticket.number} ${ticket.subject}`, about: `${ticket.account} · ${ticket.status}`, key: '', group: 'Tickets', run: () => go(`/tickets/${ticket.number}`) }));
      narrow();
      at = Math.min(keep, Math.max(0, shown.length - 1));
      mark();
    } catch { /* without a connection the commands of the page are still there */ }
  }, PAUSE);
}

function go(address) {
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(address);
  else location.assign(address);
}
