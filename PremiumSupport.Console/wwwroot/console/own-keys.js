// The keys of the person who is signed in. A command is known by the key that everybody has (data-key); who has another one presses that. What they chose stands in the page (data-own-keys), so that a
// change holds in every window at once.

let read = '', keys = new Map();

function own() {
  const text = document.querySelector('[data-own-keys]')?.dataset.ownKeys ?? '';
  if (text !== read) {
    read = text;
    try { keys = new Map(Object.entries(JSON.parse(text || '{}'))); } catch { keys = new Map(); }
  }
  return keys;
}

/** What somebody pressed, as markup writes it: "n", "Shift+a", "Esc". */
export const combinationOf = event => event.key === 'Escape' ? 'Esc' : event.shiftKey && /^[A-Z]$/.test(event.key) ? `Shift+${event.key.toLowerCase()}` : event.key;

/** The command that a combination stands for, by its usual key; empty where that key has been given away or taken from it. */
export function commandOf(combination) {
  const mine = own();
  for (const [command, key] of mine) if (key === combination) return command;
  return mine.has(combination) ? '' : combination;
}

/** The key that does a command for this person; empty for none. */
export const keyOf = command => own().get(command) ?? command;

// ── hints in the page ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const cap = key => key.length === 1 ? key.toUpperCase() : key.replace(/^(.+[+ ])(.)$/, (_, first, last) => first + last.toUpperCase());
let isMarked = false;

/** Writes the person's own keys where the page shows the usual ones: in keycaps beside a command, and at the end of its title. */
function mark() {
  if (!own().size && !isMarked) return;
  isMarked = own().size > 0;
  for (const element of document.querySelectorAll('[data-key]:not([data-key=""])')) {
    const key = keyOf(element.dataset.key), isUsual = key === element.dataset.key;
    for (const hint of [...element.querySelectorAll('kbd'), ...(element.matches('input') && element.nextElementSibling?.matches('kbd') ? [element.nextElementSibling] : [])]) {
      hint.hidden = key === '';
      const text = hint.firstChild;
      hint.dataset.usual ??= text?.data ?? '';
      const wanted = isUsual ? hint.dataset.usual : cap(key);
      if (text && text.data !== wanted) text.data = wanted;
    }
    const title = element.title, usual = element.dataset.usualTitle ?? title, ends = / \([^()]{1,16}\)$/;
    if (isUsual ? element.dataset.usualTitle : ends.test(title)) {
      element.dataset.usualTitle = ends.test(title) && !element.dataset.usualTitle ? title : usual;
      const wanted = isUsual ? element.dataset.usualTitle : title.replace(ends, key ? ` (${cap(key)})` : '');
      if (title !== wanted) element.title = wanted;
    }
  }
}

let isAsked = false;
function soon() {
  if (isAsked) return;
  isAsked = true;
  queueMicrotask(() => { isAsked = false; mark(); });
}

new MutationObserver(soon).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-own-keys'] });
mark();
