// A call back: when it is wished, where it stands, and what may still be changed about it.
import { ApiError, call, now } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { clearErrors, field, formError, showProblem } from '../problems.js';
import { dayAndTime, number, seconds, t, zone } from '../texts.js';

/** @import { Callback, Ticket } from '../wire.js' */

/** The fields of the time that is wished; both empty means as soon as possible. */
export const whenFields = () => h('div', { class: 'when', 'data-field': 'callWindow' },
  field(t('call.from'), h('input', { id: 'from', name: 'from', type: 'datetime-local', testid: 'call-from' })),
  field(t('call.to'), h('input', { id: 'to', name: 'to', type: 'time', testid: 'call-to' })),
  h('p', { class: 'field-error', hidden: true, id: 'when-error' }));

/** The server knows the zone's clocks better than we do: it gets what the wall says. @param {Record<string, string>} data */
export const wishOf = ({ from, to }) => (from || to ? { from, to: from?.slice(0, 11) + to, zone } : { zone });

/** @param {Callback} it */
function standing({ state, nextCallAt, position, expectedSeconds, isCalling }) {
  if (isCalling) return t('call.ringing');
  if (state === 'reached') return '';
  if (state !== 'due') return t(`call.${state}`);
  if (!nextCallAt) return '';
  if (position) {
    return `${position === 1 ? t('wait.next') : t('wait.place', { n: number(position) })} ${expectedSeconds ? t('call.expected', { time: seconds(Math.ceil(expectedSeconds / 60) * 60) }) : ''}`;
  }
  return t('call.next', { when: dayAndTime(nextCallAt, now()) });
}

/** @param {(fresh: Ticket) => void} onChange the request is another now */
export function callPart(onChange) {
  const element = h('div');
  const said = h('p', { class: 'notice', role: 'status', testid: 'call-standing' });
  let known = '';

  /** @param {Ticket} ticket */
  function draw(ticket) {
    const it = ticket.callback;
    if (!it) return;
    const words = standing(it);
    fill(said, icon('phone', 'small'), h('span', {}, words));
    said.hidden = !words;
    // What somebody is filling in stays as long as it may be sent.
    const shape = it.state + it.mayChange + it.number;
    if (shape === known) return;
    known = shape;
    fill(element, said, it.mayChange && change(ticket, it));
  }

  /** @param {Ticket} ticket @param {Callback} it */
  function change(ticket, it) {
    const problem = formError();
    /** @param {'POST' | 'PUT'} method @param {string} path @param {object} [body] */
    const send = async (method, path, body) => {
      clearErrors(form);
      try {
        onChange(await call(method, `tickets/${ticket.number}/callback${path}`, body));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        showProblem(form, error);
      }
    };
    const form = h('form', {
      class: 'stack', novalidate: true, onsubmit(event) {
        event.preventDefault();
        const data = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
        send('PUT', '', { callWindow: wishOf(data), phoneNumber: data.phoneNumber });
      },
    },
    field(t('call.number'), h('input', { id: 'phone', name: 'phoneNumber', type: 'tel', testid: 'phone-input', value: it.number })),
    whenFields(), problem,
    h('button', { class: 'button', testid: 'call-change' }, t('call.change')),
    it.state === 'due' && h('button', { type: 'button', class: 'text-button', testid: 'call-cancel', onclick: () => send('POST', '/cancel') }, t('call.cancel')));
    return h('details', { open: it.state === 'wrongNumber' }, h('summary', {}, t('call.change')), form);
  }

  return { element, draw };
}
