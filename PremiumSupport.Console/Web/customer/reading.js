// How far the customer has read: said once the page is before them, and until then how far it has got, with the count of what they missed for the launcher.
import { embedded, onParent, tellParent } from './frame.js';

/** @param {{ of(): number | null, last(): number, tell(what: 'Read' | 'Received', number: number, sequence: number): Promise<unknown>, shown(): void }} chat */
export function readingMarks(chat) {
  let shown = !embedded, unread = 0, said = 0, got = 0;

  function say() {
    const number = chat.of(), last = chat.last();
    if (!number || last <= said) return;
    if (document.visibilityState !== 'visible' || !shown) {
      if (last > got) chat.tell('Received', number, got = last).catch(() => { got = 0; });
      return;
    }
    said = got = last;
    chat.tell('Read', number, last).catch(() => { said = 0; });
  }

  document.addEventListener('visibilitychange', say);
  window.addEventListener('focus', say);
  onParent('shown', () => { shown = true; unread = 0; tellParent('unread', { count: 0 }); say(); chat.shown(); });
  onParent('hidden', () => { shown = false; });

  return {
    say,
    get shown() { return shown; },
    /** @param {number} count */
    missed(count) { if (count && !shown) tellParent('unread', { count: unread += count }); },
    restart() { said = got = 0; },
    stop() {
      document.removeEventListener('visibilitychange', say);
      window.removeEventListener('focus', say);
    },
  };
}
