// Lists hold still while somebody points or stands in them, but not for somebody who has left the pointer lying there. The server, which keeps the order, is told.

const HOLD = 30_000, AGAIN = 1_000;

/** Watches a list; tell(true) when it is to hold still, tell(false) when it may move. */
export function stillness(root, tell) {
  let holding = false, release = 0, pointer = '';

  function hold(span = HOLD) {
    clearTimeout(release);
    release = setTimeout(letGo, span);
    if (!holding) { holding = true; tell(true); }
  }

  // What was opened from a row, as a menu that stands beside the list or a sentence half written, holds the row by which it was opened.
  function letGo() {
    clearTimeout(release);
    if (holding && root.querySelector('[aria-expanded="true"]')) { release = setTimeout(letGo, AGAIN); return; }
    if (holding) { holding = false; tell(false); }
  }

  function onPointerMove(event) {
    // A re-render makes browsers report moves of a pointer that stands still.
    const at = `${event.screenX},${event.screenY}`;
    if (at === pointer) return;
    pointer = at;
    hold();
  }

  root.addEventListener('pointermove', onPointerMove, { passive: true });
  root.addEventListener('pointerleave', letGo);
  root.addEventListener('focusin', event => { if (event.target.matches(':focus-visible')) hold(); });
  root.addEventListener('focusout', event => { if (!root.contains(event.relatedTarget)) letGo(); });
  return { hold, detach() { clearTimeout(release); } };
}

/** The same for a list of the server's that has nothing else in the browser (HeldRows). */
export const attach = (root, server) => stillness(root, isHeld => { server.invokeMethodAsync('Hold', isHeld).catch(() => { /* the circuit is away; what is on the screen stays */ }); });
