// Coming back after sleep or a restart of the server, without anybody pressing reload. Blazor tries first; when it gives up or the server
// no longer knows the circuit, the page is opened again as soon as the server answers. Drafts and the selection are kept in the browser. Whose access has ended meanwhile is led to the sign-in:
// a line that is refused looks to Blazor like one that is down, and it would try for ever.

const AGAIN = 3_000;
const bar = document.getElementById('components-reconnect-modal');
const failure = document.getElementById('blazor-error-ui');
let trying = 0, asking = 0, isLeaving = false;

bar?.addEventListener('components-reconnect-state-changed', event => {
  clearTimeout(trying);
  const { state } = event.detail;
  if (state === 'hide') clearTimeout(asking);
  else stillHere();
  if (!started()) window.psReopen();
  else if (state === 'failed') trying = setTimeout(again, AGAIN);
  else if (state === 'rejected') reopen();
});

bar?.addEventListener('click', event => { if (event.target.closest('[data-reconnect]')) again(); });
document.addEventListener('visibilitychange', () => {
  if (document.hidden || !isAway()) return;
  stillHere();
  if (bar.className.includes('failed')) again();
});

// A draft is refused before the line is.
document.addEventListener('ps-signed-out', stillHere);

const isAway = () => /-(show|retrying|failed|rejected|paused)/.test(bar?.className ?? '');

// A server that goes away while a page is being opened leaves it without a circuit, and then Blazor gives up or tries in vain.
const started = () => document.querySelector('[data-interactive="true"]') !== null;
if (failure) new MutationObserver(() => { if (!started()) window.psReopen(); }).observe(failure, { attributes: true });

async function again() {
  clearTimeout(trying);
  try {
    if (await window.Blazor.reconnect() || await window.Blazor.resumeCircuit()) return;
    await reopen();
  } catch {
    trying = setTimeout(again, AGAIN);
  }
}

/** Opening the page again would lead to the sign-in as well, but without a word. */
async function reopen() {
  if (await stillHere()) await window.psReopen();
}

/** Asks the server whether it still knows who is here, until it answers. False when it does not; the page is left then. */
async function stillHere() {
  clearTimeout(asking);
  if (isLeaving) return false;
  try {
    const answer = await fetch('/edit/here', { cache: 'no-store', redirect: 'manual' });
    if (answer.status === 401) { leave(); return false; }
    if (isAway()) asking = setTimeout(stillHere, AGAIN);
  } catch {
    asking = setTimeout(stillHere, AGAIN);
  }
  return true;
}

/** What is being written is kept by its box as the page goes (composer-draft.js); it is there again after signing in. */
function leave() {
  isLeaving = true;
  const back = location.pathname + location.search;
  location.assign(`/account/login?ended=1&returnUrl=${encodeURIComponent(back)}`);
}
