// The chat page. Nothing typed is lost: it waits in the browser until the server has it on disk, and everything missed is read by sequence.
import { chatComposer } from './composer.js';
import { fill, h, icon } from './dom.js';
import { heardOf, sentFiles } from './files.js';
import { embedded, onParent } from './frame.js';
import { openHub, refusal } from './hub.js';
import { browser } from './keep.js';
import { drawLog } from './log.js';
import { farther, NONE } from './marks.js';
import { otherSide } from './other-side.js';
import { openOutbox } from './outbox.js';
import { readingMarks } from './reading.js';
import { establish, onSession, owner, session } from './session.js';
import { closeButton, page } from './shell.js';
import { promiseOf, seal } from './steps/contact.js';
import { notAvailable, whyNot } from './steps/unavailable.js';
import { lang, t, target } from './texts.js';
import { Thread } from './thread.js';
import { transcriptButtons } from './transcript.js';
import { waitingLine } from './wait.js';

/** @import { Absence, Acknowledgement, Child, Joined, Mark, Message, Session, Status, Unsent } from './wire.js' */

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
  let thread = new Thread(startWith()), mark = NONE;
  /** @type {Status | null} */
  let status = null;
  /** @type {string | null} */
  let assignee = null;
  const other = otherSide();
  const intro = h('div', { class: 'chat-intro' });
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': t('conversation'), tabindex: '0' });
  const heard = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const after = h('div', { class: 'chat-after' });
  const composer = chatComposer({
    sent(body, kept) {
      outbox.add(body, thread.number, kept);
      log.scrollTop = log.scrollHeight;
    },
    typing(isTyping) { if (thread.number) hub.invoke('Typing', thread.number, isTyping).catch(() => {}); },
  });
  const transcript = transcriptButtons(() => thread.number);

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
    const words = [...thread.messages.filter(message => message.from === 'customer').map(message => message.body), ...outbox.take().map(entry => entry.body), composer.take()];
    return words.filter(Boolean).join('\n\n');
  }

  function draw() {
    drawMessages(mark);
    const any = thread.messages.length > 0 || outbox.waiting.length > 0;
    intro.hidden = any;
    transcript.buttons.hidden = thread.messages.length === 0;
  }

  const hub = openHub({
    onState: other.line,
    async onReady() {
      await catchUp();
      await outbox.flush();
      reading.say();
    },
    MessagePosted(number, message) {
      if (number !== thread.number) return;
      const fresh = thread.add([message]);
      if (thread.gap) catchUp().catch(() => {});
      arrived(fresh);
    },
    TypingChanged(number, who, isTyping) { if (number === thread.number && who !== 'customer' && who !== session?.contact?.name) other.types(isTyping, who); },
    ReceivedAdvanced(number, who, sequence) { if (number === thread.number && who === 'staff') marked({ received: sequence, read: 0 }); },
    ReadAdvanced(number, who, sequence) { if (number === thread.number && who === 'staff') marked({ received: sequence, read: sequence }); },
    PresenceChanged(number, who, isHere) { if (number === thread.number && who === 'staff') other.here(isHere); },
    TicketChanged(number, next, assigneeName) { if (number === thread.number) drawTicket(next, assigneeName); },
  });

  const reading = readingMarks({
    of: () => thread.number,
    last: () => thread.messages.at(-1)?.sequence ?? 0,
    tell: (what, number, sequence) => hub.invoke(what, number, sequence),
    shown: () => composer.focus(),
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
    other.here(joined.staff.isHere);
    drawTicket(joined.status, joined.assigneeName);
    line.ask();
  }

  /** @param {Mark} next */
  function marked(next) {
    mark = farther(mark, next);
    draw();
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
    if (staff.length) other.types(false);
    if (!old) {
      staff.forEach(message => { heard.textContent = heardOf(message); });
      reading.missed(staff.length);
    }
    if (staff.length) line.ask();
    const author = thread.messages.filter(message => message.from === 'staff').at(-1)?.authorName;
    if (author && !assignee) other.is(author);
    reading.say();
  }

  /** @param {Status} next @param {string | null} assigneeName */
  function drawTicket(next, assigneeName) {
    assignee = assigneeName ?? null;
    if (assignee) other.is(assignee);
    if (next === status) return;
    status = next;
    const over = status === 'solved' || status === 'closed';
    composer.form.hidden = status === 'closed';
    fill(after, over && [
      h('p', { class: 'quiet' }, icon('check', 'small'), ' ', t(status === 'solved' ? 'chat.solved' : 'chat.closed')),
      h('button', { type: 'button', class: 'button small', onclick: () => { remember(null); begin(null); composer.focus(); } }, t('chat.new'))]);
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
    reading.restart();
    status = assignee = null;
    composer.form.hidden = false;
    fill(after);
    fill(transcript.told);
    other.nobody();
    draw();
    line.ask();
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
  onParent('compose', data => composer.write(data.text ?? ''));

  const promise = promiseOf(mine.channels.find(channel => channel.kind === 'chat'));
  fill(intro,
    h('p', { class: 'lead' }, t('chat.hello', { name: mine.contact.name.split(' ')[0] })),
    promise && h('p', { class: 'promise-line' }, seal(promise.commitment), h('span', {}, t(`channel.chat.${promise.commitment}`, { time: target(promise.target) }))),
    lang !== 'en' && h('p', { class: 'quiet' }, t('contact.englishOnly')));
  fill(panel,
    head(other.head, h('span', { class: 'push' }), transcript.buttons),
    other.bar, h('main', { class: 'chat-main', 'aria-label': t('chat.title') }, log, intro, line.element, other.typing, heard, after, transcript.told, composer.form));
  composer.listen(panel);
  document.title = `${t('chat.title')} · ${t('product')}`;
  other.line('connecting');
  draw();
  if (reading.shown) composer.focus();
  line.ask();
  return {
    close() {
      hub.close();
      line.stop();
      outbox.close();
      reading.stop();
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
