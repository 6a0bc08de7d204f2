// The conversation with the frame. Both sides check origin and shape (trust rule 17); what is said to the frame reaches its exact origin or nobody.

/** @typedef {{ type: 'ready' | 'close' | 'ended' | 'refused' } | { type: 'unread', count: number }} Heard */

/** @param {any} data @returns {data is Heard} */
const wellFormed = data => typeof data === 'object' && data !== null && data.premiumSupport === 1
  && (['ready', 'close', 'ended', 'refused'].includes(data.type) || (data.type === 'unread' && Number.isInteger(data.count) && data.count >= 0));

/**
 * @param {string} origin the frame's
 * @param {() => Window | null | undefined} frame
 * @param {(heard: Heard) => void} onHeard
 */
export function talk(origin, frame, onHeard) {
  window.addEventListener('message', event => {
    const source = frame();
    if (source && event.source === source && event.origin === origin && wellFormed(event.data)) onHeard(event.data);
  });

  /** @param {'identity' | 'shown' | 'hidden' | 'compose' | 'shutdown'} type @param {object} [more] */
  return (type, more) => frame()?.postMessage({ premiumSupport: 1, type, ...more }, origin);
}
