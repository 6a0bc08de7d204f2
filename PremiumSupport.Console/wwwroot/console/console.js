// What every page of the console has: ticking elements, keys, the look, the rail on a phone, and coming back after a lost connection.

import './sla-badge.js';
import './ps-when.js';
import './sla-horizon.js';
import './reconnect.js';
import './typed.js';
import './palette.js';
import './attention.js';
import './tips.js';
import './way-back.js';
import { openSheet } from './keys.js';

const root = document.documentElement;

document.addEventListener('click', event => {
  const on = selector => event.target.closest?.(selector);
  const theme = on('[data-set-theme]')?.dataset.setTheme;
  if (theme) {
    const dark = root.dataset.theme.endsWith('dark');
    window.psLook.theme(theme === 'more' ? (root.dataset.theme.startsWith('contrast') ? (dark ? 'dark' : 'light') : dark ? 'contrast-dark' : 'contrast') : theme);
  }
  const density = on('[data-set-density]')?.dataset.setDensity;
  if (density) window.psLook.density(density);
  const copy = on('[data-copy]');
  if (copy) copyText(copy);
  if (on('[data-close]')) on('dialog')?.close();
  const sheet = on('[data-open]')?.dataset.open;
  if (sheet) openSheet(sheet);
  if (on('[data-rail-toggle]')) { if (root.dataset.rail) delete root.dataset.rail; else root.dataset.rail = 'open'; }
  else if (root.dataset.rail && (!on('.mud-drawer') || on('.rail a'))) delete root.dataset.rail;
});

// Blazor takes the browser's own submit away, and with it the closing of a dialog; what was entered has been checked by then.
document.addEventListener('submit', event => { if (event.target.method === 'dialog') event.target.closest('dialog')?.close(); });

document.addEventListener('keydown', event => { if (event.key === 'Escape') delete root.dataset.rail; });

/** Copies a text and says so beside it for a moment. */
async function copyText(element) {
  const said = element.querySelector('[data-copied]');
  let words = 'Copied';
  try { await navigator.clipboard.writeText(element.dataset.copy); } catch { words = 'Not copied: the browser does not allow it here'; }
  if (!said) return;
  said.textContent = words;
  said.hidden = false;
  setTimeout(() => { said.hidden = true; }, 1_600);
}
