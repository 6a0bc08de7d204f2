// Messages the customer has sent and the server has not yet acknowledged. They wait in this browser, survive a reload and a dead server, and
// go out in the order in which they were written; the client id makes a second delivery the same message.
import { ApiError } from './api.js';
import { refusal } from './hub.js';
import { newId } from './ids.js';
import { browser } from './keep.js';
import { owner } from './session.js';
import { inTurn } from './turns.js';

/** @import { Acknowledgement, Outbox, Unsent } from './wire.js' */

const RETRY = 3000;
// What the server says of a message that it will take in a moment: to be sent again, not to be given up.
const LATER = /^too-fast\b/;

/** @param {unknown} error */
const later = error => LATER.test(refusal(error) ?? '');

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
        const said = later(error) ? null : refusal(error) ?? (error instanceof ApiError && !error.passing && error.status !== 401 ? error.message : null);
        if (said === null) {
          clearTimeout(timer);
          timer = setTimeout(flush, RETRY);
          return;
        }
        change(entry.id, item => [{ ...item, refused: said || 'refused' }]);
      }
    }
  }

  // What another tab wrote, sent or gave up, this one shows too.
  /** @param {StorageEvent} event */
  const look = event => { if (event.key === key || event.key === null) onChange(); };
  window.addEventListener('storage', look);

  function flush() {
    if (running) return last;
    running = true;
    clearTimeout(timer);
    // Two tabs share the store: one of them at a time delivers.
    last = inTurn(key, drain).finally(() => {
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
    /** What waits leaves this browser: its words go another way. What brings files stays, for they cannot. */
    take() {
      /** @param {Unsent} entry */
      const goes = entry => mine(entry) && !entry.files?.length;
      const taken = read().filter(goes);
      write(read().filter(entry => !goes(entry)));
      onChange();
      return taken;
    },
    close() { closed = true; clearTimeout(timer); window.removeEventListener('storage', look); },
  };
}
