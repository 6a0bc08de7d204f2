// How far one's own messages have got: on the server's disk, in a specialist's console, before somebody's eyes.

/** @import { Mark, Message } from './wire.js' */
/** @typedef {'sent' | 'delivered' | 'read'} State */

/** The farther of two. @param {Mark} a @param {Mark} b @returns {Mark} */
export const farther = (a, b) => ({ received: Math.max(a.received, b.received), read: Math.max(a.read, b.read) });

/** @type {Mark} */
export const NONE = { received: 0, read: 0 };

/**
 * What is said below which message: each state once, at the last message that has got so far. Who answers has read what stands before.
 * @param {Message[]} messages @param {Mark} mark @returns {Map<number, State>}
 */
export function statesOf(messages, mark) {
  const answered = messages.findLast(message => message.from === 'staff')?.sequence ?? 0;
  const read = Math.max(mark.read, answered), received = Math.max(mark.received, read);
  const own = messages.filter(message => message.from === 'customer');
  /** @type {Map<number, State>} */
  const states = new Map();
  for (const [state, reaches] of /** @type {[State, (sequence: number) => boolean][]} */ ([
    ['sent', sequence => sequence > received], ['delivered', sequence => sequence > read && sequence <= received], ['read', sequence => sequence <= read],
  ])) {
    const last = own.findLast(message => reaches(message.sequence));
    if (last) states.set(last.sequence, state);
  }
  return states;
}
