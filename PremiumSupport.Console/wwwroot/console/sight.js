// Whether somebody can see the page. A tab that was left in the background holds no ticket against colleagues.

const AFTER = 60_000;

/** Tells the server when the page has been out of sight for a minute, and when it is back. */
export function watch(server) {
  let timer = 0, said = true;
  const say = isSeen => {
    if (isSeen === said) return;
    said = isSeen;
    server.invokeMethodAsync('Sight', isSeen).catch(() => { said = !isSeen; });
  };
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') say(true);
    else timer = setTimeout(() => say(false), AFTER);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return { detach() { clearTimeout(timer); document.removeEventListener('visibilitychange', look); } };
}
