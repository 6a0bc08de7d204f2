// One connection to the chat hub that never gives up. The server may be killed at any moment: after each (re)connect the page reads what it
// missed by sequence number and then sends what is waiting. Pushes are hints; what Join answers is the truth.
import { call } from './api.js';
import { onSession, session, token } from './session.js';

/** @import { HubConnection } from '@microsoft/signalr' */
/** @import { Hub, HubHandlers, HubState } from './wire.js' */

const HUB = new URL('../hubs/chat', import.meta.url);
const EVENTS = ['MessagePosted', 'TypingChanged', 'ReceivedAdvanced', 'ReadAdvanced', 'PresenceChanged', 'TicketChanged'];
const WAITS = [0, 300, 700, 1500, 3000, 5000];

// Fetched only where a conversation is open.
const client = () => import('./signalr.js');

/** What the server said no to, in its own word ("forbidden"); a broken connection is not one of these. @param {unknown} error */
export function refusal(error) {
  return /HubException:\s*(.*)$/s.exec(error instanceof Error ? error.message : '')?.[1]?.trim() ?? null;
}

/** Opens the connection and keeps it. @param {HubHandlers} handlers @returns {Hub} */
export function openHub(handlers) {
  /** @type {HubConnection | null} */
  let connection = null;
  /** @type {HubState} */
  let state = 'connecting';
  /** @type {(() => void) | null} */
  let wake = null;
  let closed = false, failures = 0;

  /** @param {HubState} next */
  const say = next => {
    if (state === next && next !== 'connecting') return;
    state = next;
    handlers.onState?.(state);
  };

  /** @param {number} ms @returns {Promise<void>} */
  const pause = ms => new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  const nudge = () => wake?.();
  window.addEventListener('online', nudge);
  document.addEventListener('visibilitychange', nudge);

  async function build() {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = await client();
    const made = new HubConnectionBuilder()
      .withUrl(HUB.href, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: token })
      .configureLogging(LogLevel.None)
      .build();
    for (const name of EVENTS) {
      made.on(name, (...args) => /** @type {Record<string, Function | undefined>} */ (/** @type {unknown} */ (handlers))[name]?.(...args));
    }
    made.onclose(() => { if (!closed && connection === made) run(); });
    return made;
  }

  async function run() {
    if (state === 'connected') say('reconnecting');
    while (!closed) {
      await pause(WAITS[Math.min(failures, WAITS.length - 1)] * (0.8 + Math.random() * 0.4));
      if (closed) return;
      try {
        const made = await build();
        await made.start();
        connection = made;
        if (closed) return void made.stop();
        say('connected');
        ready(made);
        return;
      } catch {
        failures++;
        say('reconnecting');
        // A refused upgrade looks like a dead server; asking by HTTP tells them apart, and a 401 there ends the session. Asked at the first refusal:
        // somebody who was logged out elsewhere is not to be looked at for seconds.
        if (failures % 3 === 1) await call('GET', 'session').catch(() => {});
        if (!session) return close();
      }
    }
  }

  // Catching up is part of being connected: where it fails, the connection is made anew.
  /** @param {HubConnection} made */
  async function ready(made) {
    try {
      await handlers.onReady?.();
      failures = 0;
    } catch {
      failures++;
      await made.stop();
    }
  }

  function close() {
    closed = true;
    nudge();
    window.removeEventListener('online', nudge);
    document.removeEventListener('visibilitychange', nudge);
    connection?.stop().catch(() => {});
  }

  onSession(current => { if (!current) close(); });
  run();

  return {
    get state() { return state; },
    get closed() { return closed; },
    invoke(method, ...args) {
      if (state !== 'connected' || !connection) return Promise.reject(new Error('not connected'));
      return connection.invoke(method, ...args);
    },
    close,
  };
}
