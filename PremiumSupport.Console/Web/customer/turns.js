/**
 * Does work while no other tab of this browser does any of that name. A frame that is refused storage is refused locks as well: it has no other tab to
 * share anything with, and goes on without.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(name, work) {
  let begun = false;
  try {
    return await /** @type {Promise<T>} */ (navigator.locks.request(name, () => { begun = true; return work(); }));
  } catch (error) {
    if (begun) throw error;
    return work();
  }
}
