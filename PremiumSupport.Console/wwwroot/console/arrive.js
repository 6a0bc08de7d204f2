// Opens the page again as soon as the server answers. Also when one of the page's scripts or styles could not be fetched because the server went away in the
// middle of opening it: the page would stand there dead, and nothing on it could tell.

(() => {
  const AGAIN = 3_000, SELDOM = 10_000, KEY = 'ps-opened-again';
  let waiting = 0;

  // Only once the server answers: a page of the browser's own about a server that is away would help nobody.
  async function reopen() {
    clearTimeout(waiting);
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) { location.reload(); return; }
    } catch { /* not there yet */ }
    waiting = setTimeout(reopen, AGAIN);
  }

  // Something that is missing for good must not make the page turn in circles.
  function incomplete() {
    const since = Date.now() - Number(sessionStorage.getItem(KEY) ?? 0);
    sessionStorage.setItem(KEY, String(Date.now()));
    clearTimeout(waiting);
    waiting = setTimeout(reopen, since < SELDOM ? SELDOM : 0);
  }

  window.psReopen = reopen;
  addEventListener('error', ({ target }) => { if (target instanceof HTMLScriptElement || target.rel === 'stylesheet') incomplete(); }, true);
})();
