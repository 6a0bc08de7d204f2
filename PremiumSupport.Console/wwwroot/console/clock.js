// The server's clock in this browser, and one tick a second for everything that counts down. The page says when it was rendered; the moment
// its first byte arrived is the same instant but for the way, so a viewer's wrong clock never moves a deadline.

let offset = 0;
const listeners = new Set();
let timer = 0;

function read() {
  const said = Number(document.querySelector('meta[name="server-time"]')?.content);
  const [navigation] = performance.getEntriesByType('navigation');
  if (!said || !navigation) return;
  // performance.now() may stand still while the machine sleeps, so the first byte is placed on the wall clock once and kept as an offset.
  const arrived = Date.now() - (performance.now() - navigation.responseStart);
  offset = said - arrived;
}

read();

/** The server's clock: milliseconds since 1970. */
export const now = () => Date.now() + offset;

/** Takes a fresher reading of the server's clock, for instance after a reconnect. */
export function correct(serverNow) {
  if (Number.isFinite(serverNow)) offset = serverNow - Date.now();
}

/** Calls back on each whole second of the server's clock, at once after the tab comes back. Returns how to stop. */
export function onTick(listener) {
  listeners.add(listener);
  if (!timer) schedule();
  return () => { listeners.delete(listener); };
}

function schedule() {
  timer = listeners.size ? setTimeout(tick, 1000 - (now() % 1000) + 4) : 0;
}

function tick() {
  const at = now();
  for (const listener of listeners) listener(at);
  schedule();
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden || !timer) return;
  clearTimeout(timer);
  tick();
});
