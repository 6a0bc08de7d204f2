// Draws a conversation into a role="log" so that only what is new gets announced: elements that are still right stay where they are.
import { now } from './api.js';
import { bubble, continues, waitingBubble } from './bubbles.js';
import { NONE, statesOf } from './marks.js';

/** @import { Outbox } from './wire.js' */
/** @import { Thread } from './thread.js' */

/**
 * Answers the function that draws; the outbox's waiting messages follow the thread's.
 * @param {HTMLElement} element
 * @param {() => Thread} thread
 * @param {Outbox} outbox
 * @param {string} testid of each message
 */
export function drawLog(element, thread, outbox, testid) {
  /** @type {Map<string, [look: string, node: Element]>} */
  const drawn = new Map();

  return function draw(mark = NONE) {
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    /** @type {[key: string, look: string, make: () => Element][]} */
    const wanted = [];
    const states = statesOf(thread().messages, mark);
    let before = null;
    for (const message of thread().messages) {
      const joined = Boolean(continues(message, before));
      const state = states.get(message.sequence) ?? '';
      wanted.push([`s${message.sequence}`, `${joined}${state}`, () => bubble(message, { testid, now: now(), state, joined })]);
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

    /** @type {Element | null} */
    let previous = null;
    for (const [key, look, make] of wanted) {
      let [known, node] = drawn.get(key) ?? [];
      if (!node || known !== look) {
        const made = make();
        node?.replaceWith(made);
        node = made;
        drawn.set(key, [look, node]);
      }
      /** @type {ChildNode | null} */
      const place = previous ? previous.nextSibling : element.firstChild;
      if (place !== node) element.insertBefore(node, place);
      previous = node;
    }

    if (atEnd) element.scrollTop = element.scrollHeight;
  };
}
