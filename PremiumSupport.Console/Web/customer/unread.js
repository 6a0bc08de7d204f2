// Counts what staff wrote while the panel was shut, for the launcher's badge.
import { call } from './api.js';
import { embedded, onParent, tellParent } from './frame.js';
import { follow } from './live.js';
import { onSession, session } from './session.js';
import { Thread } from './thread.js';

/** @import { Ticket } from './wire.js' */

const FOLLOWED = 10;
let shown = false, count = 0;
/** @type {Set<number>} */
const watched = new Set();

const tell = () => tellParent('unread', { count });

async function watch() {
  if (!session?.token) return;
  /** @type {{ items: Ticket[] }} */
  const { items } = await call('GET', 'tickets').catch(() => ({ items: [] }));
  for (const ticket of items.filter(item => item.status !== 'closed').slice(0, FOLLOWED)) {
    if (watched.has(ticket.number)) continue;
    watched.add(ticket.number);
    const thread = new Thread(ticket.number);
    // Old messages are read from the start, so that only what comes later counts.
    thread.last = ticket.lastSequence ?? 0;
    follow({
      number: ticket.number,
      thread,
      onChange(fresh) {
        if (shown) return;
        count += fresh.filter(message => message.from === 'staff').length;
        tell();
      },
    });
  }
}

/** Starts counting; only in the frame, and only while it is shut. */
export function countUnread() {
  if (!embedded) return;
  onParent('shown', () => { shown = true; count = 0; tell(); });
  onParent('hidden', () => { shown = false; watch(); });
  onSession(current => {
    if (!current) { watched.clear(); count = 0; tell(); }
    else if (!shown) watch();
  });
  watch();
}
