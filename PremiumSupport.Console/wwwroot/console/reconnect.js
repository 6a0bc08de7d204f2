// Coming back after sleep or a restart of the server, without anybody pressing reload. Blazor tries first; when it gives up or the server
// no longer knows the circuit, the page is opened again as soon as the server answers. Drafts and the selection are kept in the browser.

const AGAIN = 3_000;
const bar = document.getElementById('components-reconnect-modal');
let trying = 0;

bar?.addEventListener('components-reconnect-state-changed', event => {
  clearTimeout(trying);
  const { state } = event.detail;
  if (state === 'failed') trying = setTimeout(again, AGAIN);
  else if (state === 'rejected') reopen();
});

bar?.addEventListener('click', event => { if (event.target.closest('[data-reconnect]')) again(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && bar?.className.includes('failed')) again(); });

async function again() {
  clearTimeout(trying);
  try {
    if (await window.Blazor.reconnect() || await window.Blazor.resumeCircuit()) return;
    await reopen();
  } catch {
    trying = setTimeout(again, AGAIN);
  }
}

// Only once the server answers: a page of the browser's own about a server that is away would help nobody.
async function reopen() {
  try {
    const answer = await fetch('/health/live', { cache: 'no-store' });
    if (answer.ok) { location.reload(); return; }
  } catch { /* not there yet */ }
  trying = setTimeout(reopen, AGAIN);
}
