// The card behind badges (sla-badge[data-card]): opens where the pointer rests or by the key w, loads then and not before, stays while the pointer is on it, and closes
// by Escape, by leaving, or when its badge goes.

import { canUseKeys, combinationOf, commandOf, isInPair } from './keys.js';

const REST = 400, LEAVE = 200, GAP = 6;

/** Brings the one card of the page to life; the result detaches it again. */
export function attach(card, server) {
  let timer = 0, anchor = null, back = null;

  const isOpen = () => card.matches(':popover-open');

  function place() {
    if (!anchor?.isConnected) { close(); return; }
    const at = anchor.getBoundingClientRect(), size = card.getBoundingClientRect();
    const below = at.bottom + GAP + size.height <= innerHeight, above = at.top - GAP - size.height >= 0;
    card.style.insetBlockStart = `${Math.max(8, below ? at.bottom + GAP : above ? at.top - GAP - size.height : innerHeight - size.height - 8)}px`;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  }

  async function open(badge, { isByKey = false } = {}) {
    anchor = badge;
    if (!isOpen()) { try { card.showPopover(); } catch { return; } }
    place();
    await server.invokeMethodAsync('Show', Number(badge.dataset.card)).catch(() => { /* without a line the card says that it is reading */ });
    if (anchor !== badge || !isOpen()) return;
    place();
    if (isByKey) { back = document.activeElement; card.focus({ preventScroll: true }); }
  }

  function close() {
    clearTimeout(timer);
    anchor = null;
    if (!isOpen()) return;
    const had = card.contains(document.activeElement);
    card.hidePopover();
    server.invokeMethodAsync('Hide').catch(() => {});
    if (had) { back?.focus?.({ preventScroll: true }); back = null; }
  }

  function onOver(event) {
    if (event.pointerType === 'touch') return;
    if (card.contains(event.target)) { clearTimeout(timer); return; }
    const badge = event.target.closest?.('sla-badge[data-card]');
    clearTimeout(timer);
    if (badge && badge !== anchor) timer = setTimeout(() => open(badge), REST);
    else if (!badge && isOpen() && !card.contains(document.activeElement)) timer = setTimeout(close, LEAVE);
  }

  function onKey(event) {
    if (event.key === 'Escape' && isOpen()) { event.preventDefault(); event.stopPropagation(); close(); return; }
    if (commandOf(combinationOf(event)) !== 'w' || isInPair() || !canUseKeys(event)) return;
    const badge = document.querySelector('.ticket-row[aria-selected="true"] sla-badge[data-card]') ?? document.querySelector('main sla-badge[data-card]');
    if (!badge) return;
    event.preventDefault();
    if (isOpen() && anchor === badge) close(); else open(badge, { isByKey: true });
  }

  const onScroll = event => { if (isOpen() && !card.contains(event.target)) close(); };
  const onDown = event => { if (isOpen() && !card.contains(event.target)) close(); };
  const size = new ResizeObserver(() => { if (isOpen()) place(); });
  size.observe(card);
  document.addEventListener('pointerover', onOver, { passive: true });
  // Before the page's own keys: Escape closes the card and nothing else.
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('scroll', onScroll, { passive: true, capture: true });
  document.addEventListener('pointerdown', onDown, { passive: true });

  return {
    detach() {
      clearTimeout(timer);
      size.disconnect();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('scroll', onScroll, { capture: true });
      document.removeEventListener('pointerdown', onDown);
    },
  };
}
