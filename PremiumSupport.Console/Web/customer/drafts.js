// What is being typed, kept in this tab until it is sent: a reload, a failed request or a step back loses nothing.
import { tab } from './keep.js';
import { owner } from './session.js';

/** @import { Draft } from './wire.js' */

/** @param {string} name */
const key = name => `premium-support.draft.${owner()}.${name}`;

export const draft = {
  /** @param {string} name @returns {Draft} */
  get: name => tab.get(key(name)) ?? {},
  /** @param {string} name @param {Draft} values */
  set: (name, values) => tab.set(key(name), { ...draft.get(name), ...values }),
  /** @param {string} name */
  drop: name => tab.drop(key(name)),
};

/** Fills the named fields of a form from its draft and keeps the draft as they change. @param {HTMLFormElement} form @param {string} name */
export function keepDraft(form, name) {
  const kept = draft.get(name);
  // Of whoever the form was made for: what is typed while somebody else takes over is not theirs.
  const mine = key(name);
  for (const field of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
    if (!field.name || !(field.name in kept)) continue;
    if (field.type === 'checkbox') field.checked = kept[field.name] === true;
    else if (field.type === 'radio') field.checked = kept[field.name] === field.value;
    else field.value = kept[field.name];
  }

  form.addEventListener('input', event => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.name && mine === key(name)) draft.set(name, { [target.name]: target.type === 'checkbox' ? target.checked : target.value });
  });
}
