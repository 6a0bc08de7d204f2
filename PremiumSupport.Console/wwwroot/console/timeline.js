// A timeline opens at its end and stays there while somebody reads the end; whoever scrolled up is left alone. What is at its end and on a visible page is read.

const NEAR = 80;

/** Keeps one scroller at its end, and tells the server up to which message it was before somebody's eyes. */
export function attach(scroller, server) {
  if (!scroller) return;
  let atEnd = true, seen = 0, below = 0;
  const down = () => { scroller.scrollTop = scroller.scrollHeight; };
  const see = () => {
    const last = Number(scroller.dataset.last);
    if (!(last > seen) || !atEnd || document.visibilityState !== 'visible') return;
    seen = last;
    // A mark may be lost; the next message carries it along.
    server?.invokeMethodAsync('Seen', last).catch(() => {});
  };
  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    see();
  }, { passive: true });
  // What was before one's eyes stays there when earlier words are put above it.
  scroller.addEventListener('click', event => { if (event.target.closest('[data-earlier]')) below = scroller.scrollHeight - scroller.scrollTop; });
  const stay = () => {
    if (below && scroller.scrollHeight > below) { scroller.scrollTop = scroller.scrollHeight - below; below = 0; }
    else if (atEnd) down();
    see();
  };
  new MutationObserver(stay).observe(scroller, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-last'] });
  new ResizeObserver(stay).observe(scroller);
  const show = () => { if (scroller.isConnected) see(); else document.removeEventListener('visibilitychange', show); };
  document.addEventListener('visibilitychange', show);
  down();
}
