// Draws a conversation into a role="log" so that only what is new gets announced: elements that are still right stay where they are.
import { now } from './api.js';
import { bubble, continues, waitingBubble } from './bubbles.js';

/**
 * thread: Thread; outbox: its waiting messages follow. testid: of each message. Answers { draw({ read }), element } to put into the page.
 */
export function drawLog(element, thread, outbox, testid) {
  const drawn = new Map();

  return function draw({ read = 0 } = {}) {
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    const wanted = [];
    let before = null;
    for (const message of thread().messages) {
      const joined = Boolean(continues(message, before));
      const seen = message.from === 'customer' && message.sequence <= read;
      wanted.push([`s${message.sequence}`, `${joined}${seen}`, () => bubble(message, { testid, now: now(), read, joined })]);
      before = message;
    }

    for (const entry of outbox.waiting) {
      if (thread().has(entry.id)) continue;
      wanted.push([entry.id, entry.refused ?? '', () => waitingBubble(entry, { testid, again: outbox.again, discard: outbox.discard })]);
    }

    const keep = new Set(wanted.map(([key]) => key));
    for (const [key, [, node]] of drawn) {
      if (!keep.has(key)) { node.remove(); drawn.delete(key); }
    }

    let previous = null;
    for (const [key, look, make] of wanted) {
      let [known, node] = drawn.get(key) ?? [];
      if (!node || known !== look) {
        const made = make();
        node?.replaceWith(made);
        node = made;
        drawn.set(key, [look, node]);
      }
      const place = previous ? previous.nextSibling : element.firstChild;
      if (place !== node) element.insertBefore(node, place);
      previous = node;
    }

    if (atEnd) element.scrollTop = element.scrollHeight;
  };
}
