// Reply and note belong to the browser. A draft per ticket and mode stays in local storage until the server says that it was written; each draft carries
// the id under which it is sent, so sending it again after a lost answer does not write it twice.

import { attachFiles } from './composer-files.js';

const STREAM_FROM = 4_000, SAVE = 250, TYPING = 3_000, STOPPED = 4_500;
const count = new Intl.NumberFormat('en-GB');

/** Brings a composer to life; the result detaches it again. */
export function attach(form, server) {
  const ticket = form.dataset.ticket, limit = Number(form.dataset.limit);
  const area = mode => form.querySelector(`textarea[data-for="${mode}"]`);
  const tab = mode => form.querySelector(`[data-mode-tab="${mode}"]`);
  const key = mode => `ps-draft-${ticket}-${mode}`;
  const said = form.querySelector('[data-said]'), kept = form.querySelector('[data-kept]'), newer = form.querySelector('[data-newer]');
  const busy = { reply: false, note: false };
  // One timer per mode: sending the note must not forget the reply that was just being typed.
  const save = { reply: 0, note: 0 };
  let typedAt = 0, stop = 0;
  // Up to which message its author had read when the reply was begun. Kept with the draft: it is as old after a reload as before.
  let seen = null;
  const trays = attachFiles(form, mode => { say(null); keep(mode); });

  const read = mode => { try { return JSON.parse(localStorage.getItem(key(mode))) ?? {}; } catch { return {}; } };

  function keep(mode) {
    const text = area(mode).value, files = trays?.[mode].kept ?? [];
    const any = text.trim() !== '' || files.length > 0;
    tab(mode).dataset.draft = String(any);
    try {
      if (any) localStorage.setItem(key(mode), JSON.stringify({ text, files, id: read(mode).id ?? area(mode).dataset.id ?? newId(), seen: mode === 'reply' ? seen : undefined }));
      else localStorage.removeItem(key(mode));
      kept.textContent = any ? 'Draft kept on this device' : '';
    } catch {
      kept.textContent = text ? 'This draft is too long to be kept on this device' : '';
    }
  }

  function say(words) {
    said.textContent = words ?? '';
    said.hidden = !words;
  }

  function renew(mode) {
    try { localStorage.removeItem(key(mode)); } catch { /* the box keeps an id too */ }
    area(mode).dataset.id = newId();
    keep(mode);
  }

  /** A colleague's answer came between: shown before this one goes out, and asked about once. */
  function ask(answer) {
    newer.querySelector('[data-newer-author]').textContent = `${answer.authorName} answered while you were writing. Nothing of yours was sent or lost.`;
    newer.querySelector('[data-newer-text]').textContent = answer.body;
    newer.hidden = false;
    seen = answer.sequence;
    keep('reply');
    newer.querySelector('[data-newer-send]').focus();
  }

  function turn(mode, { focus = true } = {}) {
    form.dataset.mode = mode;
    for (const each of ['reply', 'note']) tab(each).setAttribute('aria-selected', String(each === mode));
    say(null);
    if (focus) area(mode).focus();
  }

  function typing(mode) {
    if (mode !== 'reply') return;
    const now = Date.now();
    if (now - typedAt > TYPING) { typedAt = now; tell(true); }
    clearTimeout(stop);
    stop = setTimeout(stopped, STOPPED);
  }

  function stopped() {
    clearTimeout(stop);
    if (typedAt) { typedAt = 0; tell(false); }
  }

  function tell(is) { if (!isAway()) server.invokeMethodAsync('Typing', is).catch(() => { /* a sign of life may be lost */ }); }

  async function send(mode) {
    const box = area(mode), text = box.value, tray = trays[mode];
    if (busy[mode]) return;
    if (tray.busy) { say('A file is still on its way. Wait for it, or cancel it.'); return; }
    if (!text.trim() && !tray.ids.length) { say(mode === 'note' ? 'Write the note first.' : 'Write the reply first.'); box.focus(); return; }
    if (text.length > limit) { say(`This has ${count.format(text.length)} characters; up to ${count.format(limit)} fit. Nothing was sent and nothing is lost.`); return; }

    busy[mode] = true;
    box.readOnly = true;
    form.setAttribute('aria-busy', 'true');
    clearTimeout(save[mode]);
    keep(mode);
    const id = read(mode).id ?? (box.dataset.id ??= newId());
    const answered = new AbortController();
    let sent;
    try {
      if (isAway()) throw new Error('away');
      const long = text.length > STREAM_FROM ? window.DotNet.createJSStreamReference(new Blob([text])) : null;
      sent = await Promise.race([away(answered.signal), server.invokeMethodAsync('Send', mode, id, long ? null : text, long, tray.ids, mode === 'reply' ? seen : null)]);
    } catch {
      sent = { no: 'Not sent: there is no connection right now. Your text is kept; send it again in a moment.' };
    }

    answered.abort();
    busy[mode] = false;
    box.readOnly = false;
    form.removeAttribute('aria-busy');
    newer.hidden = true;
    if (sent.newer) { ask(sent.newer); return; }
    if (sent.wasSentBefore) renew(mode);
    if (sent.no) { say(sent.no); return; }
    box.value = '';
    tray.clear();
    if (mode === 'reply') seen = null;
    delete box.dataset.id;
    say(null);
    keep(mode);
    if (mode === 'reply') stopped();
    box.focus();
  }

  function onInput(event) {
    const mode = event.target.dataset.for;
    if (!mode) return;
    say(null);
    if (mode === 'reply') seen = event.target.value ? seen ?? Number(form.dataset.last) : null;
    clearTimeout(save[mode]);
    save[mode] = setTimeout(() => keep(mode), SAVE);
    typing(mode);
  }

  function onClick(event) {
    const to = event.target.closest('[data-mode-tab]')?.dataset.modeTab;
    if (to) turn(to);
    const mode = event.target.closest('[data-send]')?.dataset.send ?? (event.target.closest('[data-newer-send]') && 'reply');
    if (mode) send(mode);
    if (event.target.closest('[data-newer-keep]')) { newer.hidden = true; area('reply').focus(); }
  }

  function onKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); send(form.dataset.mode); }
    else if (event.key === 'Escape') event.target.blur();
  }

  function keepBoth() {
    for (const mode of ['reply', 'note']) {
      clearTimeout(save[mode]);
      if (!busy[mode]) keep(mode);
    }
  }

  window.addEventListener('pagehide', keepBoth);
  form.addEventListener('input', onInput);
  form.addEventListener('click', onClick);
  form.addEventListener('keydown', onKey);
  form.addEventListener('submit', event => event.preventDefault());

  for (const mode of ['reply', 'note']) {
    const draft = read(mode);
    // What somebody typed before the page came to life is newer than what was kept.
    if (draft.text && !area(mode).value) area(mode).value = draft.text;
    if (mode === 'reply' && area(mode).value) seen = draft.seen ?? Number(form.dataset.last);
    trays[mode].restore(draft.files);
    tab(mode).dataset.draft = String(area(mode).value.trim() !== '' || trays[mode].ids.length > 0);
    area(mode).readOnly = false;
    form.querySelector(`[data-send="${mode}"]`).disabled = false;
    form.querySelector('[data-attach]').disabled = false;
  }

  return {
    detach() {
      keepBoth();
      window.removeEventListener('pagehide', keepBoth);
      stopped();
    },
  };
}

const bar = document.getElementById('components-reconnect-modal');
const isAway = () => /-(show|retrying|failed|rejected)/.test(bar?.className);

// Rejects as soon as the circuit is away: a call that was under way then is answered by nobody, and the box would stay locked.
const away = signal => new Promise((_, reject) => {
  bar?.addEventListener('components-reconnect-state-changed', () => { if (isAway()) reject(new Error('away')); }, { signal });
});

const newId = () => (crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join(''));
