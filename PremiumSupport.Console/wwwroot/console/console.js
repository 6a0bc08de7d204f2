// What every page of the console has: ticking elements, keys, the look, the rail on a phone, and coming back after a lost connection.

import './sla-badge.js';
import './ps-when.js';
import './sla-horizon.js';
import './reconnect.js';
import './typed.js';
import './palette.js';
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
  const sheet = on('[data-open]')?.dataset.open;
  if (sheet) openSheet(sheet);
  if (on('[data-rail-toggle]')) { if (root.dataset.rail) delete root.dataset.rail; else root.dataset.rail = 'open'; }
  else if (root.dataset.rail && (!on('.mud-drawer') || on('.rail a'))) delete root.dataset.rail;
});

document.addEventListener('keydown', event => { if (event.key === 'Escape') delete root.dataset.rail; });

/** Copies a text and says so in the element itself, where it says it. */
async function copyText(element) {
  const said = element.querySelector('[data-copied]') ?? element;
  const before = said.textContent;
  try { await navigator.clipboard.writeText(element.dataset.copy); said.textContent = 'Copied'; } catch { said.textContent = 'Not copied: the browser does not allow it here'; }
  setTimeout(() => { said.textContent = before; }, 1_600);
}
