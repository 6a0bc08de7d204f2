// The hub as the help page uses it: one connection, opened when the first request is looked at, that follows any number of requests.
import { openHub, refusal } from './hub.js';
import { onSession } from './session.js';

/** @import { Hub, Joined, Mark, Message } from './wire.js' */
/** @import { Thread } from './thread.js' */

/** @typedef {{ number: number, thread: Thread, onChange: (fresh: Message[]) => void, onTicket?: () => void, onReady?: () => void, onMark?: (staff: Mark) => void }} Follower */

/** @type {Set<Follower>} */
const followers = new Set();
/** @type {Hub | null} */
let hub = null;

/** @param {number} number */
const of = number => [...followers].filter(one => one.number === number);

/** @param {Follower} one */
async function join(one) {
  if (!hub) return;
  /** @type {Joined} */
  const { messages, staff } = await hub.invoke('Join', one.number, one.thread.last);
  const fresh = one.thread.add(messages);
  if (fresh.length) one.onChange(fresh);
  one.onMark?.(staff);
}

// Joins and then reads: what changed before the server knew that somebody listens was told to nobody. A "no" is final; anything else goes on to the caller.
/** @param {Follower} one */
async function listen(one) {
  try {
    await join(one);
  } catch (error) {
    if (refusal(error) === null) throw error;
    return;
  }
  one.onReady?.();
}

function start() {
  hub = openHub({
    async onReady() {
      for (const one of followers) await listen(one);
    },
    MessagePosted(number, message) {
      for (const one of of(number)) {
        const fresh = one.thread.add([message]);
        if (one.thread.gap) join(one).catch(() => {});
        if (fresh.length) one.onChange(fresh);
      }
    },
    ReceivedAdvanced(number, who, sequence) { if (who === 'staff') of(number).forEach(one => one.onMark?.({ received: sequence, read: 0 })); },
    ReadAdvanced(number, who, sequence) { if (who === 'staff') of(number).forEach(one => one.onMark?.({ received: sequence, read: sequence })); },
    TicketChanged(number) { of(number).forEach(one => one.onTicket?.()); },
  });
}

/** Says how far somebody has read; a mark may be lost, the next one carries it along. @param {number} number @param {number} sequence */
export const sayRead = (number, sequence) => { hub?.invoke('Read', number, sequence).catch(() => {}); };

/** Follows a request. Answers a function that stops. @param {Follower} one */
export function follow(one) {
  followers.add(one);
  if (!hub || hub.closed) start();
  else if (hub.state === 'connected') listen(one).catch(() => {});
  return () => followers.delete(one);
}

// Whoever comes next follows their own.
onSession(current => { if (!current) followers.clear(); });

export const connected = () => hub?.state === 'connected';
