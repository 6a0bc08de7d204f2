// Calls the widget API. An answer that is not one becomes an ApiError with the server's own code and field errors.

/** @import { Problem } from './wire.js' */

const base = new URL('../widget/v1/', import.meta.url);

export class ApiError extends Error {
  /** @param {number} status 0 when nothing answered  @param {Problem | null} problem */
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem?.code ?? '';
    this.errors = problem?.errors ?? {};
    this.problem = problem ?? {};
  }

  /** True when nothing answered, or nothing sensible did: the same request may be sent again. */
  get passing() { return this.status === 0 || this.status >= 500 || this.status === 408 || this.status === 429; }
}

// Server time minus browser time, from the answer that travelled fastest: a countdown must not trust the visitor's clock.
let offset = 0, fastest = Infinity;

/** The server's clock as well as this page knows it, in ms. */
export const now = () => Date.now() + offset;

/** @param {number} server @param {number} sent @param {number} received */
function learn(server, sent, received) {
  const trip = received - sent;
  if (!Number.isFinite(server) || trip > fastest) return;
  fastest = trip;
  offset = server - (sent + received) / 2;
}

/** @type {() => string | null} */
let bearer = () => null;
/** @type {(token: string) => void} */
let refused = () => {};

/**
 * Who supplies the session's token, and who hears that it is no longer good.
 * @param {() => string | null} token
 * @param {(token: string) => void} onRefused
 */
export function authorise(token, onRefused) {
  bearer = token;
  refused = onRefused;
}

/** Who is asking, as a header: for what is not sent by call. @returns {Record<string, string>} */
export const authorised = () => {
  const token = bearer();
  return token ? { Authorization: `Bearer ${token}` } : {};
};

/** Under which files are put before the message that they go with is sent. */
export const uploads = new URL('uploads', base).href;

/**
 * The bytes at an address that wants to know who asks; a link or a picture cannot say it.
 * @param {string} url
 */
export async function bytes(url) {
  const response = await fetch(new URL(url, base), { headers: authorised(), credentials: 'omit' }).catch(() => null);
  if (!response?.ok) throw new ApiError(response?.status ?? 0, response ? await response.json().catch(() => null) : { code: 'offline' });
  return response.blob();
}

/**
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path under /widget/v1/
 * @param {unknown} [body]
 * @param {{ key?: string, anonymous?: boolean, as?: string }} [how] key: repeats of the same have one effect; as: the session's token, when it is not the current one
 * @returns {Promise<any>} the answer's JSON; null when it has none
 * @throws {ApiError} the server said no, or nothing answered
 */
export async function call(method, path, body, { key, anonymous = false, as } = {}) {
  const token = as ?? (anonymous ? null : bearer());
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  if (key) headers['Idempotency-Key'] = key;

  const sent = Date.now();
  let response;
  try {
    response = await fetch(new URL(path, base), { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', credentials: 'omit',
      // A log-out is heard even if the page goes away over it.
      keepalive: method === 'DELETE' });
  } catch {
    throw new ApiError(0, { code: 'offline' });
  }

  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (answer?.now) learn(Date.parse(answer.now), sent, Date.now());
  if (response.ok) return answer;
  if (response.status === 401 && token) refused(token);
  throw new ApiError(response.status, answer);
}
