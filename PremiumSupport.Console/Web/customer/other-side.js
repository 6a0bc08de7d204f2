// Who is at the other end of a chat: their name and face, whether they are there or typing, and how the line to them is.
import { avatar } from './bubbles.js';
import { fill, h, icon } from './dom.js';
import { t } from './texts.js';

/** @import { HubState } from './wire.js' */
/** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */

const QUIET = 2000, TYPING_LASTS = 6000;

export function otherSide() {
  const name = h('span', { class: 'chat-name' }, t('chat.team'));
  const face = h('span', { class: 'chat-face' }, icon('chat'));
  const connection = h('span', { class: 'connection', testid: 'connection-state', role: 'status', 'data-state': 'connecting' });
  const present = h('span', { class: 'chat-here', testid: 'staff-here', role: 'status' });
  const bar = h('p', { class: 'connection-bar', hidden: true }, icon('refresh', 'small'), h('span', {}, t('chat.reconnecting')));
  const typing = h('p', { class: 'typing', role: 'status' });
  /** @type {Timer} */
  let barTimer;
  /** @type {Timer} */
  let typist;

  /** @param {boolean} isHere */
  function here(isHere) {
    present.textContent = isHere ? t('chat.here') : '';
  }

  /** @param {boolean} on @param {string} [who] */
  function types(on, who) {
    clearTimeout(typist);
    const person = who && who !== 'staff' ? who.split(' ')[0] : t('support');
    fill(typing, on && [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', {}, t('chat.typing', { name: person }))]);
    if (on) typist = setTimeout(() => types(false), TYPING_LASTS);
  }

  return {
    head: [face, h('div', { class: 'chat-who' }, h('h1', {}, name), h('span', { class: 'chat-states' }, connection, present))],
    bar,
    typing,
    here,
    types,
    /** @param {string} person */
    is(person) {
      name.textContent = t('chat.with', { name: person.split(' ')[0] });
      fill(face, avatar(person, 'large'));
    },
    /** The team, as long as nobody in particular answers. */
    nobody() {
      name.textContent = t('chat.team');
      fill(face, icon('chat'));
      here(false);
    },
    // A short interruption is nobody's business: the bar waits two seconds.
    /** @param {HubState} state */
    line(state) {
      clearTimeout(barTimer);
      connection.dataset.state = state;
      fill(connection, state === 'connected' ? h('span', { class: 'dot', 'aria-hidden': 'true' }) : icon(state === 'connecting' ? 'refresh' : 'off', 'small'), h('span', {}, t(`chat.${state === 'connected' ? 'connected' : state === 'connecting' ? 'connecting' : 'offline'}`)));
      if (state === 'reconnecting') { types(false); barTimer = setTimeout(() => { bar.hidden = false; }, QUIET); }
      else bar.hidden = true;
    },
  };
}
