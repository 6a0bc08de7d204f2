// Coming back after sleep or a restart of the server, without anybody pressing reload. Blazor tries first; when it gives up or the server
// no longer knows the circuit, the page is opened again as soon as the server answers. Drafts and the selection are kept in the browser.

const AGAIN = 3_000;
const bar = document.getElementById('components-reconnect-modal');
const failure = document.getElementById('blazor-error-ui');
let trying = 0;

bar?.addEventListener('components-reconnect-state-changed', event => {
  clearTimeout(trying);
  const { state } = event.detail;
  if (!started()) window.psReopen();
  else if (state === 'failed') trying = setTimeout(again, AGAIN);
  else if (state === 'rejected') window.psReopen();
});

bar?.addEventListener('click', event => { if (event.target.closest('[data-reconnect]')) again(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && bar?.className.includes('failed')) again(); });

// A server that goes away while a page is being opened leaves it without a circuit, and then Blazor gives up or tries in vain.
const started = () => document.querySelector('[data-interactive="true"]') !== null;
if (failure) new MutationObserver(() => { if (!started()) window.psReopen(); }).observe(failure, { attributes: true });

async function again() {
  clearTimeout(trying);
  try {
    if (await window.Blazor.reconnect() || await window.Blazor.resumeCircuit()) return;
    await window.psReopen();
  } catch {
    trying = setTimeout(again, AGAIN);
  }
}
