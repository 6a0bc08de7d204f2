// What is entered reaches the server. Blazor sends an event once: one that was on its way when the line broke, or that was made before the line was back, is gone
// without a word, and the field shows what the server has never heard of. So the fields that were edited lately say again what is in them when the line is back;
// to a server that knows it already this is nothing new.

const LATELY = 60_000;
const edited = new Map();
let isTelling = false;

const note = ({ target }) => { if (!isTelling && 'value' in target && target.type !== 'file') edited.set(target, performance.now()); };
for (const name of ['input', 'change']) document.addEventListener(name, note, true);

function sayAgain() {
  const since = performance.now() - LATELY;
  isTelling = true;
  for (const [field, at] of edited) {
    if (at < since || !field.isConnected) continue;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  isTelling = false;
  edited.clear();
}

document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'hide') sayAgain();
});
