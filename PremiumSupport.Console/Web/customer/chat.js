// The chat page. Nothing typed is lost: it waits in the browser until the server has it on disk, and everything missed is read by sequence.
import { avatar } from './bubbles.js';
import { fill, h, icon } from './dom.js';
import { draft, keepDraft } from './drafts.js';
import { fileBox, heardOf, sentFiles } from './files.js';
import { embedded, onParent, tellParent } from './frame.js';
import { openHub, refusal } from './hub.js';
import { browser } from './keep.js';
import { drawLog } from './log.js';
import { farther, NONE } from './marks.js';
import { openOutbox } from './outbox.js';
import { establish, onSession, owner, session } from './session.js';
import { closeButton, page } from './shell.js';
import { promiseOf, seal } from './steps/contact.js';
import { notAvailable, whyNot } from './steps/unavailable.js';
import { lang, t, target } from './texts.js';
import { Thread } from './thread.js';
import { saveTranscript } from './transcript.js';
import { waitingLine } from './wait.js';

/** @import { Absence, Acknowledgement, Child, HubState, Joined, Mark, Message, Session, Status, Unsent } from './wire.js' */

/** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */

const QUIET = 2000, TYPING_EVERY = 3000, TYPING_LASTS = 6000;
const panel = /** @type {HTMLElement} */ (document.getElementById('panel'));

/** @param {...Child} parts */
const head = (...parts) => h('header', { class: 'panel-head', 'aria-label': t('help') },
  embedded && h('a', { class: 'icon-button', href: page('help'), 'aria-label': t('back') }, icon('back')), ...parts, closeButton());

/** @param {Absence} reason */
function refuse(reason) {
  document.title = `${t('chat.title')} · ${t('product')}`;
  fill(panel, head(h('h1', {}, t('chat.title'))), h('main', { class: 'panel-body', 'aria-label': t('chat.title') }, notAvailable(reason, page('help'))));
}

/** @param {Session} mine */
function open(mine) {
  // Of whoever it was opened for, whoever comes after.
  const activeKey = `premium-support.chat.${owner()}`;
  let thread = new Thread(startWith()), mark = NONE, shown = !embedded, lastTyped = 0;
  /** @type {Status | null} */
  let status = null;
  /** @type {string | null} */
  let assignee = null;
  /** @type {Timer} */
  let typingTimer;
  /** @type {Timer} */
  let barTimer;
  /** @type {Timer} */
  let typist;

  const name = h('span', { class: 'chat-name' }, t('chat.team'));
  const face = h('span', { class: 'chat-face' }, icon('chat'));
  const connection = h('span', { class: 'connection', testid: 'connection-state', role: 'status', 'data-state': 'connecting' });
  const here = h('span', { class: 'chat-here', testid: 'staff-here', role: 'status' });
  const bar = h('p', { class: 'connection-bar', hidden: true }, icon('refresh', 'small'), h('span', {}, t('chat.reconnecting')));
  const intro = h('div', { class: 'chat-intro' });
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': t('conversation'), tabindex: '0' });
  const typing = h('p', { class: 'typing', role: 'status' });
  const heard = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const input = h('textarea', { id: 'message', name: 'body', rows: 1, maxlength: 100000, testid: 'chat-input', 'aria-label': t('chat.message'), placeholder: t('chat.placeholder'), autocomplete: 'off' });
  const send = h('button', { type: 'submit', class: 'icon-button primary', testid: 'chat-send', 'aria-label': t('chat.send') }, icon('send'));
  const files = fileBox('chat');
  const form = h('form', { class: 'chat-form' }, files.list, h('div', { class: 'chat-box' }, files.button, input, send));
  const after = h('div', { class: 'chat-after' });
  const save = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('chat.download'), title: t('chat.download'), onclick: () => thread.number && saveTranscript(thread.number).catch(() => { heard.textContent = t('error.offline'); }) }, icon('down'));

  const outbox = openOutbox({
    mine: entry => entry.number === null || entry.number === thread.number,
    deliver,
    onChange: () => draw(),
    onSent(entry, answer) {
      thread.add([{ sequence: answer.sequence, sentAt: answer.sentAt, clientMessageId: entry.id, from: 'customer', authorName: session?.contact?.name, body: entry.body, visibility: 'public', attachments: sentFiles(entry, thread.number, answer.sequence) }]);
      draw();
      if (thread.gap) catchUp().catch(() => {});
    },
  });
  const drawMessages = drawLog(log, () => thread, outbox, 'chat-message');

  const line = waitingLine({
    waits: () => !thread.messages.some(message => message.from === 'staff') && status !== 'closed' && status !== 'solved',
    of: () => thread.number,
    words: takeWords,
  });

  /** What was written so far and nobody has answered, on its way to the email form. It waits there from now on, and no longer here. */
  function takeWords() {
    const words = [...thread.messages.filter(message => message.from === 'customer').map(message => message.body), ...outbox.take().map(entry => entry.body), input.value.trim()];
    input.value = '';
    draft.drop('chat');
    return words.filter(Boolean).join('\n\n');
  }

  function draw() {
    drawMessages(mark);
    const any = thread.messages.length > 0 || outbox.waiting.length > 0;
    intro.hidden = any;
    save.hidden = thread.messages.length === 0;
  }

  const hub = openHub({
    onState: drawState,
    async onReady() {
      await catchUp();
      await outbox.flush();
      sayRead();
    },
    MessagePosted(number, message) {
      if (number !== thread.number) return;
      const fresh = thread.add([message]);
      if (thread.gap) catchUp().catch(() => {});
      arrived(fresh);
    },
    TypingChanged(number, who, isTyping) { if (number === thread.number && who !== 'customer' && who !== session?.contact?.name) drawTyping(isTyping, who); },
    ReceivedAdvanced(number, who, sequence) { if (number === thread.number && who === 'staff') marked({ received: sequence, read: 0 }); },
    ReadAdvanced(number, who, sequence) { if (number === thread.number && who === 'staff') marked({ received: sequence, read: sequence }); },
    PresenceChanged(number, who, isHere) { if (number === thread.number && who === 'staff') drawHere(isHere); },
    TicketChanged(number, next, assigneeName) { if (number === thread.number) drawTicket(next, assigneeName); },
  });

  async function catchUp() {
    if (!thread.number) return;
    const asked = thread;
    try {
      /** @type {Joined} */
      const joined = await hub.invoke('Join', thread.number, thread.last);
      if (asked !== thread) return;
      arrived(thread.add(joined.messages), true);
      took(joined);
    } catch (error) {
      // Not ours or not there any more: begin anew rather than stand before a closed door.
      if (refusal(error) !== 'forbidden') throw error;
      remember(null);
      begin(null);
    }
  }

  /** Where the conversation stands beside its messages. @param {Joined} joined */
  function took(joined) {
    marked(joined.staff);
    drawHere(joined.staff.isHere);
    drawTicket(joined.status, joined.assigneeName);
    line.ask();
  }

  /** @param {Mark} next */
  function marked(next) {
    mark = farther(mark, next);
    draw();
  }

  /** @param {boolean} isHere */
  function drawHere(isHere) {
    here.textContent = isHere ? t('chat.here') : '';
  }

  /** @param {Unsent} entry @returns {Promise<Acknowledgement>} */
  async function deliver(entry) {
    if (entry.number === null && thread.number === null) {
      /** @type {Acknowledgement & { number: number }} */
      const answer = await hub.invoke('StartConversation', { clientMessageId: entry.id, body: entry.body, locale: lang, attachments: entry.files?.map(file => file.id) });
      thread.number = answer.number;
      remember(answer.number);
      outbox.adopt(answer.number);
      /** @type {Joined | null} */
      const joined = await hub.invoke('Join', answer.number, 0).catch(() => null);
      if (joined) { arrived(thread.add(joined.messages), true); took(joined); }
      return answer;
    }
    return hub.invoke('Send', entry.number ?? thread.number, { clientMessageId: entry.id, body: entry.body, attachments: entry.files?.map(file => file.id) });
  }

  /** @param {Message[]} fresh @param {boolean} [old] */
  function arrived(fresh, old = false) {
    if (!fresh.length) return;
    draw();
    const staff = fresh.filter(message => message.from === 'staff');
    if (staff.length) drawTyping(false);
    if (!old) {
      staff.forEach(message => { heard.textContent = heardOf(message); });
      if (staff.length && !shown) tellParent('unread', { count: unread += staff.length });
    }
    if (staff.length) line.ask();
    const author = thread.messages.filter(message => message.from === 'staff').at(-1)?.authorName;
    if (author && !assignee) drawPerson(author);
    sayRead();
  }

  let unread = 0, said = 0, got = 0;
  function sayRead() {
    const last = thread.messages.at(-1)?.sequence ?? 0;
    if (!thread.number || last <= said) return;
    if (document.visibilityState !== 'visible' || !shown) {
      if (last > got) hub.invoke('Received', thread.number, got = last).catch(() => { got = 0; });
      return;
    }
    said = got = last;
    hub.invoke('Read', thread.number, last).catch(() => { said = 0; });
  }

  /** @param {string} person */
  function drawPerson(person) {
    name.textContent = t('chat.with', { name: person.split(' ')[0] });
    fill(face, avatar(person, 'large'));
  }

  /** @param {Status} next @param {string | null} assigneeName */
  function drawTicket(next, assigneeName) {
    assignee = assigneeName ?? null;
    if (assignee) drawPerson(assignee);
    if (next === status) return;
    status = next;
    const over = status === 'solved' || status === 'closed';
    form.hidden = status === 'closed';
    fill(after, over && [
      h('p', { class: 'quiet' }, icon('check', 'small'), ' ', t(status === 'solved' ? 'chat.solved' : 'chat.closed')),
      h('button', { type: 'button', class: 'button small', onclick: () => { remember(null); begin(null); input.focus(); } }, t('chat.new'))]);
  }

  /** @param {boolean} on @param {string} [who] */
  function drawTyping(on, who) {
    clearTimeout(typist);
    const person = who && who !== 'staff' ? who.split(' ')[0] : t('support');
    fill(typing, on && [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', {}, t('chat.typing', { name: person }))]);
    if (on) typist = setTimeout(() => drawTyping(false), TYPING_LASTS);
  }

  // A short interruption is nobody's business: the bar waits two seconds.
  /** @param {HubState} state */
  function drawState(state) {
    clearTimeout(barTimer);
    connection.dataset.state = state;
    fill(connection, state === 'connected' ? h('span', { class: 'dot', 'aria-hidden': 'true' }) : icon(state === 'connecting' ? 'refresh' : 'off', 'small'), h('span', {}, t(`chat.${state === 'connected' ? 'connected' : state === 'connecting' ? 'connecting' : 'offline'}`)));
    if (state === 'reconnecting') { drawTyping(false); barTimer = setTimeout(() => { bar.hidden = false; }, QUIET); }
    else bar.hidden = true;
  }

  /** @param {number | null} number */
  function remember(number) {
    if (number) browser.set(activeKey, { number });
    else browser.drop(activeKey);
    const url = new URL(location.href);
    if (!number && url.searchParams.has('number')) { url.searchParams.delete('number'); history.replaceState(null, '', url); }
  }

  /** @param {number | null} number */
  function begin(number) {
    thread = new Thread(number);
    mark = NONE;
    said = got = 0;
    status = assignee = null;
    drawHere(false);
    form.hidden = false;
    fill(after);
    name.textContent = t('chat.team');
    fill(face, icon('chat'));
    draw();
    line.ask();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    const body = input.value.trim();
    if (!files.ready()) return;
    const kept = files.kept;
    if (!body && !kept.length) { input.focus(); return; }
    input.value = '';
    files.clear();
    draft.drop('chat');
    clearTimeout(typingTimer);
    lastTyped = 0;
    grow();
    outbox.add(body, thread.number, kept);
    if (thread.number) hub.invoke('Typing', thread.number, false).catch(() => {});
    log.scrollTop = log.scrollHeight;
    input.focus();
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  input.addEventListener('input', () => {
    grow();
    if (!thread.number || !input.value) return;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => { lastTyped = 0; hub.invoke('Typing', thread.number, false).catch(() => {}); }, TYPING_EVERY + 1000);
    if (Date.now() - lastTyped < TYPING_EVERY) return;
    lastTyped = Date.now();
    hub.invoke('Typing', thread.number, true).catch(() => {});
  });
  function grow() {
    input.style.blockSize = 'auto';
    input.style.blockSize = `${Math.min(input.scrollHeight, 160)}px`;
  }

  // Another page of the same customer began the conversation, or another one: both show the same.
  /** @param {StorageEvent} event */
  const follow = event => {
    const next = event.key === activeKey && browser.get(activeKey)?.number;
    if (!next || thread.number !== null) return;
    begin(next);
    catchUp().catch(() => {});
  };
  window.addEventListener('storage', follow);
  document.addEventListener('visibilitychange', sayRead);
  window.addEventListener('focus', sayRead);
  onParent('shown', () => { shown = true; unread = 0; tellParent('unread', { count: 0 }); sayRead(); input.focus(); });
  onParent('hidden', () => { shown = false; });
  onParent('compose', data => {
    input.value = data.text ?? '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.focus();
  });

  const promise = promiseOf(mine.channels.find(channel => channel.kind === 'chat'));
  fill(intro,
    h('p', { class: 'lead' }, t('chat.hello', { name: mine.contact.name.split(' ')[0] })),
    promise && h('p', { class: 'promise-line' }, seal(promise.commitment), h('span', {}, t(`channel.chat.${promise.commitment}`, { time: target(promise.target) }))),
    lang !== 'en' && h('p', { class: 'quiet' }, t('contact.englishOnly')));
  fill(panel,
    head(face, h('div', { class: 'chat-who' }, h('h1', {}, name), h('span', { class: 'chat-states' }, connection, here)), h('span', { class: 'push' }), save),
    bar, h('main', { class: 'chat-main', 'aria-label': t('chat.title') }, log, intro, line.element, typing, heard, after, form));
  keepDraft(form, 'chat');
  files.listen(panel);
  document.title = `${t('chat.title')} · ${t('product')}`;
  drawState('connecting');
  draw();
  grow();
  if (shown) input.focus();
  line.ask();
  return {
    close() {
      hub.close();
      line.stop();
      outbox.close();
      window.removeEventListener('storage', follow);
    },
  };

  function startWith() {
    const asked = Number(new URLSearchParams(location.search).get('number'));
    return asked > 0 ? asked : browser.get(activeKey)?.number ?? null;
  }
}

async function start() {
  await establish();
  /** @type {{ close(): void } | null} */
  let running = null;
  let shownFor = '';
  const draw = () => {
    running?.close();
    const reason = whyNot('chat');
    if (reason) refuse(reason);
    else if (session) running = open(session);
  };
  shownFor = owner();
  draw();
  // The same person with a new token goes on where they are.
  onSession(() => {
    if (owner() === shownFor) return;
    shownFor = owner();
    draw();
  });
}

start();
