// The list in the browser: selection, keys, holding still, and which window of rows is needed. A key moves the selection here and now; the server
// hears of it once it has settled. Loaded by QueueList.

import { keyed, press } from './commands.js';
import { canUseKeys, combinationOf, commandOf } from './keys.js';
import { stillness } from './stillness.js';
import { cameBack } from './way-back.js';

// Keys of the bar that comes with the first selected row.
const BAR = ['a', 's', 'e', 'l', 'Shift+a'];
const SETTLE = 150, KEY_HOLD = 10_000, BUFFER = 6;

let hasStood = false;

/** Brings a list to life; the result detaches it again. */
export function attach(root, server) {
  const body = root.querySelector('tbody');
  const memory = `ps-selected-${root.dataset.name}`, place = `ps-scrolled-${root.dataset.name}`;
  const wide = matchMedia('(min-width: 1280px)'), narrow = matchMedia('(max-width: 759px)');
  let selected = Number(sessionStorage.getItem(memory)) || 0;
  let pickedLast = 0, choosing = false, settle = 0, asking = false, keep = 0, height = 0, owed = 0, picking = 0, early = [];

  const say = (method, ...args) => server.invokeMethodAsync(method, ...args).catch(() => { /* the circuit is away; what is on the screen stays */ });
  const { hold, detach: forgetHold } = stillness(root, isHeld => say('Hold', isHeld));
  const rows = () => [...body.querySelectorAll('.ticket-row')];
  const rowOf = number => body.querySelector(`[data-ticket="${number}"]`);

  function mark() {
    for (const row of rows()) {
      const is = String(Number(row.dataset.ticket) === selected);
      if (row.getAttribute('aria-selected') !== is) row.setAttribute('aria-selected', is);
      tick(row);
    }
  }

  // The box is the same markup for everybody; whether it is ticked is in the row's class, which is the server's.
  function tick(row) {
    const box = row.querySelector('.row-pick'), is = row.classList.contains('picked');
    if (box && box.checked !== is) box.checked = is;
  }

  function select(number, { quiet = false } = {}) {
    selected = number;
    sessionStorage.setItem(memory, String(number));
    mark();
    const row = rowOf(number);
    if (row && !quiet) keepInView(row);
    clearTimeout(settle);
    if (wide.matches) settle = setTimeout(() => say('Peek', selected), quiet ? 0 : SETTLE);
  }

  function keepInView(row) {
    const head = root.querySelector('thead')?.offsetHeight ?? 0;
    const top = row.offsetTop - head, bottom = row.offsetTop + row.offsetHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (bottom > root.scrollTop + root.clientHeight) root.scrollTop = bottom - root.clientHeight;
  }

  function move(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex(row => Number(row.dataset.ticket) === selected);
    // Keys come faster than rows: what reaches over the window is made up for when its rows are there.
    const beyond = at + by >= all.length && Number(body.dataset.start) + all.length < Number(body.dataset.total);
    if (at >= 0 && (beyond || (at + by < 0 && Number(body.dataset.start) > 0))) owed += by - (beyond ? all.length - 1 - at : -at);
    // What was selected has left the list: on from where somebody looks, not from the top.
    const seen = () => Math.max(0, all.findIndex(row => row.offsetTop + row.offsetHeight > root.scrollTop + (root.querySelector('thead')?.offsetHeight ?? 0)));
    const to = at < 0 ? seen() : Math.min(all.length - 1, Math.max(0, at + by));
    select(Number(all[to].dataset.ticket));
    hold(KEY_HOLD);
  }

  // A tick shows here and now; the server, whose set it is, hears of it at once and draws the same.
  function pick(number, { toLast = false, isPicked } = {}) {
    const row = rowOf(number);
    if (!row) return;
    const is = isPicked ?? !row.classList.contains('picked');
    const from = toLast && pickedLast ? pickedLast : number;
    const all = rows(), one = all.findIndex(other => other === row), other = all.findIndex(other => Number(other.dataset.ticket) === from);
    for (const each of other < 0 ? [row] : all.slice(Math.min(one, other), Math.max(one, other) + 1)) {
      each.classList.toggle('picked', is);
      each.querySelector('.row-pick').checked = is;
    }
    pickedLast = number;
    hold(KEY_HOLD);
    picking++;
    say('Pick', number, from, is).finally(() => { picking--; requestAnimationFrame(catchUp); });
  }

  // A quick hand presses the bar's keys before the bar is there: they wait for it, in their order.
  function catchUp() {
    if (picking) return;
    const keys = early;
    early = [];
    for (const key of keys) { const button = keyed(key); if (button?.closest('.bulk')) press(button); }
  }

  function onClick(event) {
    const row = event.target.closest('.ticket-row');
    if (!row || event.defaultPrevented) return;
    const number = Number(row.dataset.ticket);
    if (event.target.closest('[data-testid="claim-ticket"]')) say('Claim', number);
    if (event.target.closest('button')) return;
    if (event.target.matches('.row-pick')) { pick(number, { toLast: event.shiftKey, isPicked: event.target.checked }); return; }
    // On a phone a tap selects once selecting has begun; it has no keys and no room for boxes.
    if (narrow.matches && (choosing || body.querySelector('.picked'))) { event.preventDefault(); choosing = false; pick(number); return; }
    if (event.shiftKey) { event.preventDefault(); getSelection()?.removeAllRanges(); pick(number, { toLast: true, isPicked: true }); return; }
    if (event.target.closest('.c-due, .c-mark') && wide.matches) { select(number); return; }
    select(number, { quiet: true });
    if (!event.target.closest('a') && !String(getSelection())) row.querySelector('a')?.click();
  }

  function onChoose(event) {
    const chip = event.target.closest?.('[data-choose]');
    if (!chip) return;
    choosing = !choosing;
    chip.setAttribute('aria-pressed', String(choosing));
  }

  function onKey(event) {
    if (!canUseKeys(event)) return;
    const key = commandOf(combinationOf(event));
    const inList = root.contains(event.target) || event.target === document.body;
    if (picking && BAR.includes(key) && !keyed(key)) early.push(key);
    else if (key === 'j' || (event.key === 'ArrowDown' && inList)) move(1);
    else if (key === 'k' || (event.key === 'ArrowUp' && inList)) move(-1);
    else if (event.key === 'Enter' && selected && !event.target.closest('a, button, summary, [role="menuitem"]')) rowOf(selected)?.querySelector('a')?.click();
    else if ((key === 'x' || key === 'Shift+x') && selected) pick(selected, key === 'Shift+x' ? { toLast: true, isPicked: true } : {});
    else if (key === 'Shift+a' && selected) rowOf(selected)?.querySelector('[data-testid="claim-ticket"]')?.click();
    else return;
    event.preventDefault();
  }

  // What is cut off is there to be read under the pointer.
  function onPointerOver(event) {
    const cut = event.target.closest('.subject .trunc, .who-asks');
    if (cut) cut.title = cut.scrollWidth > cut.clientWidth ? cut.textContent : '';
  }

  function onScroll() {
    clearTimeout(keep);
    keep = setTimeout(() => sessionStorage.setItem(place, String(Math.round(root.scrollTop))), SETTLE);
    need();
  }

  /** A page that opened itself again, or that somebody came back to, stands where it stood; one that somebody opens begins at its top. */
  function stand() {
    const [navigation] = performance.getEntriesByType('navigation');
    const isAgain = navigation?.type === 'reload' && !hasStood;
    hasStood = true;
    if (!cameBack() && !isAgain) return;
    const top = Number(sessionStorage.getItem(place)) || 0;
    if (top) root.scrollTop = top;
  }

  function measure() {
    const row = body.querySelector('.ticket-row');
    if (!row) return;
    if (row.offsetHeight !== height) { height = row.offsetHeight; say('Layout', height); }
    need();
  }

  async function need() {
    if (asking || !height) return;
    const start = Number(body.dataset.start), count = Number(body.dataset.count), total = Number(body.dataset.total);
    const first = Math.max(0, Math.floor(root.scrollTop / height)), seen = Math.ceil(root.clientHeight / height) + 1;
    const short = (first < start + BUFFER && start > 0) || (first + seen > start + count - BUFFER && start + count < total);
    if (!short) return;
    asking = true;
    await say('ShowFrom', Math.max(0, first - BUFFER * 2), seen + BUFFER * 4);
    asking = false;
    // It may have been scrolled on while the rows came.
    requestAnimationFrame(need);
  }

  const watch = new MutationObserver(() => {
    mark();
    if (!height) measure();
    if (owed) { const rest = owed; owed = 0; move(rest); }
  });
  watch.observe(body, { childList: true });
  const picked = new MutationObserver(changes => { for (const { target } of changes) if (target.matches('.ticket-row')) tick(target); });
  picked.observe(body, { subtree: true, attributeFilter: ['class'] });
  const size = new ResizeObserver(measure);
  size.observe(root);
  root.addEventListener('scroll', onScroll, { passive: true });
  root.addEventListener('pointerover', onPointerOver, { passive: true });
  root.addEventListener('click', onClick);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onChoose);
  document.addEventListener('ps-look', measure);

  measure();
  stand();
  const first = rowOf(selected) ?? body.querySelector('.ticket-row');
  // A selection far down is there as soon as its rows are.
  if (first && (rowOf(selected) || !selected || !root.scrollTop)) select(Number(first.dataset.ticket), { quiet: true });

  return {
    detach() {
      watch.disconnect();
      picked.disconnect();
      size.disconnect();
      clearTimeout(settle);
      forgetHold();
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onChoose);
      document.removeEventListener('ps-look', measure);
    },
  };
}
