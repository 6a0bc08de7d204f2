// What a customer may do with a request beside writing: say that it is done, open it again, and rate the help.
import { ApiError, call, now } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { formError, showProblem } from '../problems.js';
import { dayAndTime, t } from '../texts.js';

/** @import { Score, Ticket } from '../wire.js' */

/** @type {Score[]} */
const scores = ['veryBad', 'bad', 'okay', 'good', 'veryGood'];

/** @param {Ticket} ticket */
const shape = ({ status, rating, mayRate }) => JSON.stringify([status, rating, mayRate]);

/**
 * Answers an element and the function that draws it anew when the request changed; what somebody is choosing stays as long as the question does.
 * @param {Ticket} first
 * @param {(fresh: Ticket) => void} onChange the request is another now
 */
export function afterwards(first, onChange) {
  const place = h('section', { class: 'afterwards', 'aria-label': t('request.afterwards') });
  let known = '', changing = false;

  /** @param {Ticket} ticket */
  function draw(ticket) {
    if (shape(ticket) === known) return;
    known = shape(ticket);
    changing = false;
    fill(place, ticket.status === 'solved' && solved(ticket), ticket.status === 'solved' || ticket.status === 'closed' ? rating(ticket) : unsolved(ticket));
  }

  /** @param {Ticket} ticket */
  const unsolved = ticket => act(ticket, 'close', t('request.close'), 'check');

  /** @param {Ticket} ticket */
  const solved = ticket => h('div', { class: 'solved-line' }, h('p', { class: 'quiet' }, icon('check', 'small'), ' ', t('request.solved')), act(ticket, 'reopen', t('request.reopen'), 'refresh'));

  /**
   * @param {Ticket} ticket
   * @param {'close' | 'reopen'} verb
   * @param {string} words
   * @param {'check' | 'refresh'} look
   */
  function act(ticket, verb, words, look) {
    const problem = formError();
    const button = h('button', { type: 'button', class: 'button small', testid: `request-${verb}` }, icon(look, 'small'), words);
    button.addEventListener('click', () => send(button, problem, () => call('POST', `tickets/${ticket.number}/${verb}`)));
    return h('div', { class: 'act' }, button, problem);
  }

  /** @param {Ticket} ticket */
  function rating(ticket) {
    const given = ticket.rating;
    if (given && !changing) {
      return h('div', { class: 'rated', testid: 'rated' }, h('p', {}, t('rate.given', { score: t(`rate.${given.score}`) })),
        ticket.mayRate && h('p', { class: 'quiet' }, t('rate.until', { when: dayAndTime(given.changeableUntil, now()) })),
        ticket.mayRate && h('button', { type: 'button', class: 'text-button', testid: 'rate-change', onclick: () => { changing = true; place.querySelector('.rated')?.replaceWith(question(ticket)); /** @type {HTMLElement | null} */ (place.querySelector('[name=score]:checked'))?.focus(); } }, t('rate.change')));
    }
    return ticket.mayRate && question(ticket);
  }

  /** @param {Ticket} ticket */
  function question(ticket) {
    const problem = formError();
    const button = h('button', { type: 'submit', class: 'button', testid: 'rate-send' }, t('rate.send'));
    const comment = h('textarea', { id: 'rate-comment', name: 'comment', rows: 2, maxlength: 2000, testid: 'rate-comment', value: ticket.rating?.comment ?? '' });
    const error = h('p', { class: 'field-error', id: 'score-error', hidden: true });
    const form = h('form', {
      class: 'rate', onsubmit(event) {
        event.preventDefault();
        const score = new FormData(form).get('score');
        error.hidden = Boolean(score);
        error.textContent = score ? '' : t('rate.choose');
        if (!score) { form.querySelector('input')?.focus(); return; }
        send(button, problem, () => call('PUT', `tickets/${ticket.number}/rating`, { score, comment: comment.value }));
      },
    },
    h('fieldset', { 'data-field': 'score' }, h('legend', {}, t('rate.title')),
      h('div', { class: 'scores' }, scores.map(score => h('label', { class: 'score' },
        h('input', { type: 'radio', name: 'score', value: score, testid: 'rate-score', checked: ticket.rating?.score === score, 'aria-describedby': 'score-error' }), h('span', {}, t(`rate.${score}`))))),
      error),
    h('div', { class: 'field', 'data-field': 'comment' }, h('label', { for: 'rate-comment' }, t('rate.comment')), comment, h('p', { class: 'field-error', id: 'rate-comment-error', hidden: true })),
    problem, button);
    return form;
  }

  /** @param {HTMLButtonElement} button @param {HTMLElement} problem @param {() => Promise<Ticket>} ask */
  async function send(button, problem, ask) {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      const fresh = await ask();
      known = '';
      draw(fresh);
      onChange(fresh);
      // What was pressed may be gone; the next thing that can be done is where the focus goes on.
      /** @type {HTMLElement | null} */ (place.querySelector('button, input'))?.focus();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(problem);
      showProblem(/** @type {HTMLElement} */ (problem.parentElement), error);
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  draw(first);
  return { element: place, draw };
}
