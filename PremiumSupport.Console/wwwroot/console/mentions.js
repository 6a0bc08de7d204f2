// Naming a colleague in a note: after an @ the names that fit, chosen by arrows and Enter or by a click. The box stays the browser's own; what is chosen is typed into it, so Ctrl Z takes it back.

const MOST = 8, TOKEN = /(?:^|[^\p{L}\p{N}_-])@([\p{L}\p{N}._'’-]{0,40}(?: [\p{L}\p{N}._'’-]{1,40})?)$/u;
let staff = null;

/** Asked once a page, when somebody first types an @. */
function colleagues() {
  return staff ??= fetch('/edit/staff', { cache: 'no-store' }).then(answer => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); }).catch(() => { staff = null; return []; });
}

// Whoever types "tomas" means Tomás.
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const words = name => plain(name).split(/[\s-]+/);

/** Those whose whole name, or a word of it, begins with what was typed; by name. */
export function fitting(all, typed) {
  const begun = plain(typed);
  return all.filter(one => plain(one.name).startsWith(begun) || (!begun.includes(' ') && words(one.name).some(word => word.startsWith(begun)))).slice(0, MOST);
}

/** Brings naming to a box. Returns how to stop. */
export function attachMentions(box, form) {
  const list = form.querySelector('[data-mentions]'), said = form.querySelector('[data-mentions-said]');
  let shown = [], at = 0, from = -1, turn = 0;

  async function look() {
    const mine = ++turn, before = box.value.slice(Math.max(0, box.selectionStart - 90), box.selectionStart), found = box.selectionStart === box.selectionEnd ? TOKEN.exec(before) : null;
    if (!found) { close(); return; }
    const all = await colleagues();
    if (mine !== turn) return;
    from = box.selectionStart - found[1].length;
    shown = fitting(all, found[1]);
    // A name that is already whole is no question any more.
    if (!shown.length || (shown.length === 1 && insertionOf(shown[0], all).toLowerCase() === found[1].toLowerCase())) { close(); return; }
    at = 0;
    draw(all);
  }

  // Two of the same name are told apart by their address.
  const insertionOf = (one, all) => all.filter(other => other.name === one.name).length > 1 ? one.email : one.name;

  function draw(all) {
    list.replaceChildren(...shown.map((one, place) => {
      const row = document.createElement('li'), name = document.createElement('span');
      row.id = `${list.id}-${place}`;
      row.setAttribute('role', 'option');
      row.dataset.insert = insertionOf(one, all);
      name.className = 'trunc';
      name.textContent = one.name;
      row.append(name);
      if (row.dataset.insert !== one.name) { const email = document.createElement('span'); email.className = 'ink3 t12 trunc'; email.textContent = one.email; row.append(email); }
      return row;
    }));
    if (list.hidden) said.textContent = shown.length === 1 ? 'One colleague fits. Enter takes the name.' : `${shown.length} colleagues fit. Arrows choose, Enter takes the name.`;
    list.hidden = false;
    box.setAttribute('aria-controls', list.id);
    box.setAttribute('aria-autocomplete', 'list');
    mark();
  }

  function mark() {
    [...list.children].forEach((row, place) => row.setAttribute('aria-selected', String(place === at)));
    const row = list.children[at];
    if (row) { box.setAttribute('aria-activedescendant', row.id); row.scrollIntoView({ block: 'nearest' }); }
  }

  function close() {
    turn++;
    if (list.hidden) return;
    list.hidden = true;
    list.replaceChildren();
    said.textContent = '';
    for (const name of ['aria-controls', 'aria-autocomplete', 'aria-activedescendant']) box.removeAttribute(name);
  }

  function choose(place) {
    const name = list.children[place]?.dataset.insert;
    if (!name) return;
    const to = box.selectionStart, text = `${name}${/^\s/.test(box.value.slice(to)) ? '' : ' '}`;
    box.focus();
    box.setSelectionRange(from, to);
    if (!document.execCommand('insertText', false, text)) { box.setRangeText(text, from, to, 'end'); box.dispatchEvent(new Event('input', { bubbles: true })); }
    close();
  }

  function onKey(event) {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { at = (at + by + shown.length) % shown.length; mark(); }
    else if (event.key === 'Enter' || event.key === 'Tab') choose(at);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const gone = new AbortController(), { signal } = gone;
  box.addEventListener('input', look, { signal });
  box.addEventListener('click', look, { signal });
  box.addEventListener('keydown', onKey, { signal });
  box.addEventListener('blur', close, { signal });
  // Not at the click: by then the box would have lost the focus.
  list.addEventListener('pointerdown', event => { const row = event.target.closest('[role="option"]'); if (row) { event.preventDefault(); choose([...list.children].indexOf(row)); } }, { signal });
  return () => { close(); gone.abort(); };
}
