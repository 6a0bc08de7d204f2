// Messages the customer has sent and the server has not yet acknowledged. They wait in this browser, survive a reload and a dead server, and
// go out in the order in which they were written; the client id makes a second delivery the same message.
import { ApiError } from './api.js';
import { refusal } from './hub.js';
import { newId } from './ids.js';
import { browser } from './keep.js';
import { owner } from './session.js';

/** @import { Acknowledgement, Outbox, Unsent } from './wire.js' */

const RETRY = 3000;

/**
 * mine(entry): does this page deliver it? deliver(entry): sends it, answers the acknowledgement. onChange(): draw again.
 * onSent(entry, answer): it is on the server's disk.
 * @param {{
 *   mine: (entry: Unsent) => boolean,
 *   deliver: (entry: Unsent) => Promise<Acknowledgement>,
 *   onChange: () => void,
 *   onSent: (entry: Unsent, answer: Acknowledgement) => void,
 * }} how
 * @returns {Outbox}
 */
export function openOutbox({ mine, deliver, onChange, onSent }) {
  // Of whoever it was opened for, whoever comes after.
  const key = `premium-support.unsent.${owner()}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let running = false, closed = false, last = Promise.resolve();

  /** @returns {Unsent[]} */
  const read = () => browser.get(key) ?? [];
  /** @param {Unsent[]} entries */
  const write = entries => (entries.length ? browser.set(key, entries) : browser.drop(key));
  /** @param {string} id @param {(entry: Unsent) => Unsent[]} edit */
  const change = (id, edit) => {
    write(read().flatMap(entry => (entry.id === id ? edit(entry) : [entry])));
    onChange();
  };

  async function drain() {
    for (;;) {
      const entry = read().find(item => mine(item) && !item.refused);
      if (!entry) return;
      try {
        const answer = await deliver(entry);
        // First shown, then forgotten: a crash in between repeats the delivery, never loses it.
        onSent(entry, answer);
        change(entry.id, () => []);
      } catch (error) {
        if (closed) return;
        const said = refusal(error) ?? (error instanceof ApiError && !error.passing && error.status !== 401 ? error.message : null);
        if (said === null) {
          clearTimeout(timer);
          timer = setTimeout(flush, RETRY);
          return;
        }
        change(entry.id, item => [{ ...item, refused: said || 'refused' }]);
      }
    }
  }

  // Two tabs share the store: one of them at a time delivers.
  /** @param {() => Promise<void>} work @returns {Promise<void>} */
  const alone = work => (navigator.locks ? navigator.locks.request(key, work) : work());

  function flush() {
    if (running) return last;
    running = true;
    clearTimeout(timer);
    last = Promise.resolve(alone(drain)).finally(() => {
      running = false;
    });
    return last;
  }

  return {
    /** What waits, oldest first. */
    get waiting() { return read().filter(mine); },
    add(body, number, files = []) {
      write([...read(), { id: newId(), number, body, at: Date.now(), ...(files.length && { files }) }]);
      onChange();
      last.then(flush, flush);
    },
    flush,
    again(id) { change(id, ({ refused, ...entry }) => [entry]); flush(); },
    discard(id) { change(id, () => []); },
    /** The first message made the conversation: what was written after it belongs there too. */
    adopt(number) { write(read().map(entry => (entry.number === null ? { ...entry, number } : entry))); },
    close() { closed = true; clearTimeout(timer); },
  };
}
