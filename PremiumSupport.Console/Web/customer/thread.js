// The messages of one conversation as this page knows them: once each, in the server's order. No DOM and no connection.

/** @import { Message } from './wire.js' */

export class Thread {
  /** @type {Map<number, Message>} */
  #messages = new Map();

  /** @param {number | null} number null: the conversation has not begun  @param {Message[]} [messages] */
  constructor(number, messages = []) {
    this.number = number;
    this.add(messages);
  }

  /** The last sequence up to which nothing is missing: sequences have no gaps, so the first hole is where to read from. */
  last = 0;

  /** Takes in messages, answers those that were new, oldest first. @param {Message[]} messages */
  add(messages) {
    const fresh = messages.filter(message => !this.#messages.has(message.sequence)).sort((a, b) => a.sequence - b.sequence);
    for (const message of fresh) this.#messages.set(message.sequence, message);
    while (this.#messages.has(this.last + 1)) this.last++;
    return fresh;
  }

  get messages() {
    return [...this.#messages.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** True when a message arrived after a hole. */
  get gap() {
    return Math.max(0, ...this.#messages.keys()) > this.last;
  }

  /** @param {string} clientMessageId */
  has(clientMessageId) {
    return this.messages.some(message => message.clientMessageId === clientMessageId);
  }
}
