// Errors, said where they belong: beside their field when the server names one, above the button otherwise.
import { fill, h, icon } from './dom.js';
import { known, t } from './texts.js';

/** @import { Child } from './wire.js' */
/** @import { ApiError } from './api.js' */

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/** A label, a control and the place for its error. @param {string} label @param {Control} control @param {{ hint?: string }} [more] */
export function field(label, control, { hint } = {}) {
  const error = h('p', { class: 'field-error', id: `${control.id}-error`, hidden: true });
  const described = [hint && `${control.id}-hint`].filter(Boolean).join(' ');
  if (described) control.setAttribute('aria-describedby', described);
  return h('div', { class: 'field', 'data-field': control.name },
    h('label', { for: control.id }, label),
    hint && h('p', { class: 'hint', id: `${control.id}-hint` }, hint),
    control, error);
}

/** @param {HTMLElement} form */
export function clearErrors(form) {
  /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('.field-error')).forEach(error => { error.hidden = true; error.textContent = ''; });
  form.querySelectorAll('[aria-invalid]').forEach(control => {
    control.removeAttribute('aria-invalid');
    control.setAttribute('aria-describedby', described(control).join(' '));
  });
  form.querySelectorAll('.form-error').forEach(error => fill(error));
}

// What describes a control besides its error.
/** @param {Element} control */
const described = control => (control.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && !id.endsWith('-error'));

/** Says one error beside its field; false when the form has no such field. @param {HTMLElement} form @param {string} name @param {string} message */
export function fieldError(form, name, message) {
  const place = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  /** @type {HTMLElement | null | undefined} */
  const error = place?.querySelector('.field-error');
  if (!place || !error) return false;
  error.textContent = message;
  error.hidden = false;
  for (const control of place.querySelectorAll('input, textarea')) {
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', [...described(control), error.id].join(' '));
  }
  return true;
}

/** What an error means for the reader, in one sentence. @param {ApiError} error */
export const general = error => {
  if (error.status === 0) return t('error.offline');
  if (error.status === 429) return t('error.busy');
  if (error.status === 401) return t('error.ended');
  if (error.status >= 500) return t('error.server');
  return known(`error.${error.code}`) ?? error.message;
};

/** Shows what an ApiError says and focuses the first field that it names. @param {HTMLElement} form @param {ApiError} error @param {Child} [more] */
export function showProblem(form, error, more) {
  let found = false;
  /** @type {string[]} */
  const loose = [];
  for (const [name, messages] of Object.entries(error.errors ?? {})) {
    const message = known(`error.${error.code}`) ?? [messages].flat().join(' ');
    const camel = name.charAt(0).toLowerCase() + name.slice(1);
    if (fieldError(form, camel, message)) found = true;
    else loose.push(message);
  }

  /** @type {HTMLElement | null} */
  const place = form.querySelector('.form-error');
  if (place && (!found || loose.length)) fill(place, icon('info'), h('span', {}, loose.join(' ') || general(error), ' ', more));
  /** @type {HTMLElement | null} */
  const first = form.querySelector('[aria-invalid]');
  (first ?? place)?.focus();
}

/** Where showProblem puts what belongs to no field. */
export const formError = () => h('div', { class: 'form-error', role: 'alert', tabindex: '-1' });
