// The SignalR client's transport as these pages use it: one WebSocket, without negotiation. build.mjs puts it in the place of the client's own, which
// brings long polling, server-sent events and two HTTP clients along, more than half of its weight.

/** @import { IHttpConnectionOptions } from '@microsoft/signalr' */

export class HttpConnection {
  features = {};
  /** @type {((data: string) => void) | null} */
  onreceive = null;
  /** @type {((error?: Error) => void) | null} */
  onclose = null;
  /** @type {WebSocket | null} */
  #socket = null;
  #options;

  /** @param {string} url @param {IHttpConnectionOptions} options */
  constructor(url, options) {
    this.baseUrl = url;
    this.#options = options;
  }

  /** Opens the socket; the token travels in its address because browsers allow no header there (contract). */
  async start() {
    const url = new URL(this.baseUrl.replace(/^http/, 'ws'));
    const token = await this.#options.accessTokenFactory?.();
    if (token) url.searchParams.set('access_token', token);
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onclose = () => reject(new Error('The connection could not be opened.'));
    });
    this.#socket = socket;
    socket.onmessage = event => this.onreceive?.(event.data);
    socket.onclose = event => this.#end(event.wasClean ? undefined : new Error(`The connection was lost (${event.code}).`));
  }

  /** @param {string} data */
  async send(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) throw new Error('The connection is not open.');
    this.#socket.send(data);
  }

  /** @param {Error} [error] */
  async stop(error) {
    this.#end(error);
  }

  // At once: the browser's own close event can take many seconds when the network is gone.
  /** @param {Error} [error] */
  #end(error) {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.onclose = socket.onmessage = null;
    socket.close();
    this.onclose?.(error);
  }
}
