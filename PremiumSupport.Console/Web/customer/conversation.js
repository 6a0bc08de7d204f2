// A request's conversation: live, and with a box to add something. What is written waits in the browser until the server has it.
import { call } from './api.js';
import { h } from './dom.js';
import { draft, keepDraft } from './drafts.js';
import { fileBox, heardOf, sentFiles } from './files.js';
import { connected, follow, sayRead } from './live.js';
import { drawLog } from './log.js';
import { farther, NONE } from './marks.js';
import { openOutbox } from './outbox.js';
import { t } from './texts.js';
import { Thread } from './thread.js';

/** @import { Ticket } from './wire.js' */

const POLL = 15000;

/** @param {Ticket} ticket @param {(fresh: Ticket) => void} onTicket the request changed */
export function conversation(ticket, onTicket) {
  const thread = new Thread(ticket.number, ticket.messages);
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': t('conversation') });
  const heard = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const outbox = openOutbox({
    mine: entry => entry.number === ticket.number,
    deliver: entry => call('POST', `tickets/${ticket.number}/messages`, { clientMessageId: entry.id, body: entry.body, attachments: entry.files?.map(file => file.id) }, { key: entry.id }),
    onChange: () => draw(),
    onSent(entry, answer) { thread.add([{ sequence: answer.sequence, sentAt: answer.sentAt, clientMessageId: entry.id, from: 'customer', body: entry.body, visibility: 'public', attachments: sentFiles(entry, ticket.number, answer.sequence) }]); refresh(); },
  });
  const drawMessages = drawLog(log, () => thread, outbox, 'request-message');
  let mark = NONE, said = 0;
  const draw = () => {
    drawMessages(mark);
    if (thread.last > said && connected() && document.visibilityState === 'visible') sayRead(ticket.number, said = thread.last);
  };

  // One reading at a time, and one more when a hint came meanwhile: of two that overlap, the older might answer last and stay on the page.
  let reading = false, again = false;
  async function refresh() {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      try {
        const fresh = await call('GET', `tickets/${ticket.number}`);
        thread.add(fresh.messages ?? []);
        draw();
        shut(fresh.status === 'closed');
        onTicket(fresh);
      } catch { /* the next hint or the next poll asks again */ }
    }
    reading = false;
  }

  const unfollow = follow({
    number: ticket.number,
    thread,
    onChange(fresh) {
      draw();
      const staff = fresh.filter(message => message.from === 'staff').at(-1);
      if (staff) { heard.textContent = heardOf(staff); refresh(); }
    },
    onMark(staff) { mark = farther(mark, staff); draw(); },
    onTicket: refresh,
    onReady() { outbox.flush(); refresh(); },
  });
  const timer = setInterval(() => { if (!connected() && document.visibilityState === 'visible') refresh(); }, POLL);

  const name = `reply-${ticket.number}`;
  const input = h('textarea', { id: 'reply', name: 'body', rows: 3, maxlength: 100000, testid: 'request-reply', 'aria-label': t('reply.label'), placeholder: t('reply.placeholder') });
  const files = fileBox(name);
  const form = h('form', {
    class: 'reply', onsubmit(event) {
      event.preventDefault();
      const body = input.value.trim();
      if (!files.ready()) return;
      if (!body && !files.kept.length) { input.focus(); return; }
      outbox.add(body, ticket.number, files.kept);
      input.value = '';
      files.clear();
      draft.drop(name);
    },
  }, input, files.list, h('div', { class: 'reply-bar' }, files.button, h('button', { type: 'submit', class: 'button', testid: 'request-send' }, t('reply.send'))));
  const over = h('p', { class: 'quiet' }, t('reply.closed'));
  /** @param {boolean} is */
  function shut(is) { form.hidden = is; over.hidden = !is; }
  input.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); } });
  keepDraft(form, name);
  files.listen(form);
  shut(ticket.status === 'closed');

  draw();
  outbox.flush();
  return {
    element: h('section', { class: 'conversation', 'aria-label': t('conversation') }, log, heard, over, form),
    stop() { unfollow(); clearInterval(timer); outbox.close(); },
  };
}
