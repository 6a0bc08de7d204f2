// A timeline opens at its end and stays there while somebody reads the end; whoever scrolled up is left alone.

const NEAR = 80;

/** Keeps one scroller at its end. */
export function attach(scroller) {
  if (!scroller) return;
  let atEnd = true;
  const down = () => { scroller.scrollTop = scroller.scrollHeight; };
  scroller.addEventListener('scroll', () => { atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR; }, { passive: true });
  const stay = () => { if (atEnd) down(); };
  new MutationObserver(stay).observe(scroller, { childList: true, subtree: true });
  new ResizeObserver(stay).observe(scroller);
  down();
}
