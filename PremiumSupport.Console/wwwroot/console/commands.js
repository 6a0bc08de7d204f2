// What can be done here and now: every element of the page that says so, by its key (data-key) or by a name of its own (data-command). The palette offers them, ? lists those with keys.
// Doing one is a click on it: a sequence of keys is put together in the browser, and the server hears of it once.

const NAMES = {
  'g q': 'Go to the queue', 'g m': 'Go to my tickets', 'g d': 'Go to the dashboard', 'g w': 'Go to the wallboard', n: 'Claim the most urgent ticket', a: 'Assign', s: 'Change the status', e: 'Solve',
  r: 'Write a reply', i: 'Write a note', l: 'Change the tags', m: 'Insert a macro', z: 'Undo', '.': 'Copy the ticket number', 'Shift+a': 'Take this ticket', '/': 'Search this list',
  Esc: 'Back', u: 'Show what changed', c: 'Call the customer', 'Shift+c': 'Log a call to us', 'Shift+n': 'Skip the next ticket',
};

const isThere = element => (element.checkVisibility?.() ?? true) && !element.disabled && !element.closest('[inert]');

const said = element => (element.getAttribute('aria-label') || element.title).replace(/ \([^)]{1,16}\)$/, '');

const nameOf = element => element.dataset.command || (element.dataset.key?.startsWith('g ') && NAMES[element.dataset.key]) || said(element) || NAMES[element.dataset.key] || element.textContent.trim().replace(/\s+/g, ' ');

/** The commands of the page in its order, each once: first what can be done here, then where to go, then how it looks. */
export function commands() {
  const known = new Map();
  for (const element of document.querySelectorAll('[data-key]:not([data-key=""]), [data-command], .rail a[href]:not(.brand), .rail [data-set-theme], .rail [data-open]')) {
    if (!isThere(element) || element.closest('dialog')) continue;
    const name = element.matches('.rail a:not([data-key])') ? `Go to ${element.title || nameOf(element)}` : element.matches('[data-set-theme]') ? `Look: ${nameOf(element)}` : nameOf(element);
    const key = element.dataset.key || element.dataset.keys || '';
    const group = !element.closest('.rail') ? 'Here' : element.matches('a') ? 'Go to' : 'Look and keys';
    if (name && !known.has(name)) known.set(name, { name, key, group, run: () => press(element) });
  }
  return ['Here', 'Go to', 'Look and keys'].flatMap(group => [...known.values()].filter(one => one.group === group));
}

/** Does what an element is there for: focuses a field, clicks everything else. */
export function press(element) {
  if (element.matches('input, textarea')) { element.focus(); element.select?.(); }
  else if (element.matches('a, button')) element.click();
  else {
    // A menu hears its arrow keys where it was opened.
    const button = element.querySelector('button') ?? element;
    button.focus({ preventScroll: true });
    button.click();
  }
}

/** The element that a combination presses here; undefined where there is none. */
export const keyed = combination => [...document.querySelectorAll(`[data-key="${CSS.escape(combination)}"]`)].find(isThere);

/** Keycaps of a combination, to be shown. */
export function keycaps(combination) {
  return (combination.length === 1 ? [combination] : combination.split(/[ +]/)).filter(Boolean).map(key => {
    const cap = document.createElement('kbd');
    cap.textContent = key.length === 1 ? key.toUpperCase() : key;
    return cap;
  });
}
