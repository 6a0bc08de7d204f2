// Reply and note belong to the browser: no letter of them goes over the circuit. Drafts are kept by composer-draft.js, files by composer-files.js; what is sent goes by HTTP under the id
// that its draft carries, so that sending it again after a lost answer does not write it twice.

import { attachFiles } from './composer-files.js';
import { onOtherWindow, openDraft } from './composer-draft.js';
import { keyed } from './commands.js';
import { attachMentions } from './mentions.js';
import { openList } from './palette.js';

const SAVE = 150, TYPING = 3_000, STOPPED = 4_500, PATIENCE = 4_000, MODES = ['reply', 'note'];
const count = new Intl.NumberFormat('en-GB');

/** Brings a composer to life; the result detaches it again. */
export function attach(form, server) {
  const ticket = form.dataset.ticket, limit = Number(form.dataset.limit), address = `/edit/tickets/${ticket}`;
  const area = mode => form.querySelector(`textarea[data-for="${mode}"]`);
  const tab = mode => form.querySelector(`[data-mode-tab="${mode}"]`);
  const said = form.querySelector('[data-said]'), kept = form.querySelector('[data-kept]'), newer = form.querySelector('[data-newer]');
  const deeds = { reply: [], note: [] };
  const busy = { reply: false, note: false }, places = { reply: '', note: '' }, save = { reply: 0, note: 0 };
  const gone = new AbortController();
  let typedAt = 0, stop = 0, asking = null, quiet = false, asked;
  // Up to which message its author had read when the reply was begun. Kept with the draft: it is as old after a reload as before.
  let seen = null;
  const trays = attachFiles(form, mode => { say(null); changed(mode); });
  const drafts = Object.fromEntries(MODES.map(mode => [mode, openDraft({
    address: `${address}/drafts/${mode}`,
    store: `ps-draft-${form.dataset.me}-${ticket}-${mode}`,
    content: () => ({ text: area(mode).value, files: trays[mode].kept, seen: mode === 'reply' ? seen : null, deeds: deeds[mode] }),
    show: draft => show(mode, draft),
    kept: words => { places[mode] = words; mark(mode); },
    tell: words => { if (form.dataset.mode === mode) say(words); },
    choose: theirs => choose(mode, theirs),
    moved,
  })]));

  function show(mode, draft) {
    const box = area(mode), text = draft?.text ?? '';
    quietly(() => {
      if (box.value !== text) replace(box, text);
      trays[mode].clear();
      trays[mode].restore(draft?.files);
    });
    deed(mode, draft?.deeds ?? []);
    if (mode === 'reply') seen = text ? draft.seen ?? Number(form.dataset.last) : null;
    mark(mode);
  }

  /** What changes now was not typed by anybody. */
  function quietly(change) {
    quiet = true;
    try { change(); } finally { quiet = false; }
  }

  function mark(mode) {
    tab(mode).dataset.draft = String(area(mode).value.trim() !== '' || trays[mode].ids.length > 0);
    if (form.dataset.mode === mode) kept.textContent = places[mode];
  }

  /** What macros do goes with what is sent, and each can be left out until then. */
  function deed(mode, list) {
    deeds[mode] = list;
    const tray = form.querySelector(`[data-deeds="${mode}"]`);
    tray.hidden = list.length === 0;
    tray.replaceChildren(...list.map(one => {
      const chip = document.createElement('li'), away = document.createElement('button');
      chip.className = 'tag tall';
      away.type = 'button';
      away.className = 'take-away';
      away.textContent = '×';
      away.setAttribute('aria-label', `Do not: ${one.name}`);
      away.addEventListener('click', () => { deed(mode, deeds[mode].filter(other => other !== one)); changed(mode); area(mode).focus(); });
      chip.append(one.name, away);
      return chip;
    }));
  }

  function changed(mode) {
    if (quiet) return;
    drafts[mode].changed();
    mark(mode);
  }

  function choose(mode, theirs) {
    const card = form.querySelector(`[data-other-window="${mode}"]`);
    card.hidden = !theirs;
    if (theirs) card.querySelector('[data-other-text]').textContent = theirs.text || 'Files alone.';
  }

  /** The ticket was merged: its drafts are kept where it goes on. */
  function moved(number) {
    const card = form.querySelector('[data-moved]');
    card.hidden = String(number) === ticket;
    const link = card.querySelector('a');
    link.href = `/tickets/${number}`;
    link.textContent = `#${number}`;
  }

  function say(words) {
    said.textContent = words ?? '';
    said.hidden = !words;
  }

  /** A colleague's answer came between: shown before this one goes out, and asked about once. */
  function ask(answer) {
    newer.querySelector('[data-newer-author]').textContent = `${answer.authorName} answered while you were writing. Nothing of yours was sent or lost.`;
    newer.querySelector('[data-newer-text]').textContent = answer.body;
    newer.hidden = false;
    seen = answer.sequence;
    changed('reply');
    newer.querySelector('[data-newer-send]').focus();
  }

  function turn(mode, { focus = true } = {}) {
    form.dataset.mode = mode;
    for (const each of MODES) tab(each).setAttribute('aria-selected', String(each === mode));
    kept.textContent = places[mode];
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

  // What a macro could not fill in. Asked about once per press: a customer may have asked about braces.
  const UNRESOLVED = /\{\{[^{}]*\}\}/g, unresolved = form.querySelector('[data-unresolved]');
  let passed = false, pressed = null;

  function stillToFill(mode, then) {
    const what = [...new Set(area(mode).value.match(UNRESOLVED) ?? [])];
    unresolved.hidden = passed || what.length === 0;
    if (unresolved.hidden) return false;
    pressed = { mode, then };
    unresolved.querySelector('[data-unresolved-what]').textContent = what.join(' ');
    unresolved.querySelector('[data-unresolved-keep]').focus();
    return true;
  }

  async function pick() {
    const mode = form.dataset.mode, box = area(mode), { selectionStart: from, selectionEnd: to } = box;
    let macros;
    try {
      const response = await fetch(`${address}/macros`, { cache: 'no-store' });
      if (!response.ok) throw new Error(String(response.status));
      macros = await response.json();
    } catch {
      say('The macros could not be read just now. Your text is still here.');
      return;
    }
    if (!macros.length) { say('There are no macros yet; an admin writes them on the admin pages.'); return; }
    openList('A macro', macros.map(macro => ({ name: macro.name, about: macro.does, key: '', group: 'Macros', run: () => insert(macro, mode, from, to) })));
  }

  async function insert(macro, mode, from, to) {
    const box = area(mode);
    let answer, isDone = false;
    try {
      const response = await fetch(`${address}/macros/${macro.id}`, { method: 'POST' });
      answer = await response.json().catch(() => null);
      isDone = response.ok;
    } catch { /* said below */ }
    if (!isDone) { say(answer?.detail ?? 'The macro could not be used just now. Your text is still here.'); return; }
    turn(mode);
    box.focus();
    box.setSelectionRange(from, to);
    // Undone by Ctrl Z like anything typed.
    if (answer.text && !document.execCommand('insertText', false, answer.text)) box.setRangeText(answer.text, from, to, 'end');
    box.setSelectionRange(from + answer.cursor, from + answer.cursor);
    // Of two macros that set a status the later one counts.
    const status = answer.deeds.some(one => one.word.startsWith('status='));
    const others = deeds[mode].filter(one => !(status && one.word.startsWith('status=')) && !answer.deeds.some(same => same.word === one.word));
    deed(mode, [...others, ...answer.deeds]);
    changed(mode);
    if (answer.done) say(`Done: ${answer.done}.`);
  }

  async function send(mode, then) {
    const box = area(mode), text = box.value, tray = trays[mode];
    if (busy[mode] || box.readOnly) return;
    if (tray.busy) { say('A file is still on its way. Wait for it, or cancel it.'); return; }
    if (!text.trim() && !tray.ids.length) { say(mode === 'note' ? 'Write the note first.' : 'Write the reply first.'); box.focus(); return; }
    if (text.length > limit) { say(`This has ${count.format(text.length)} characters; up to ${count.format(limit)} fit. Nothing was sent and nothing is lost.`); return; }

    if (stillToFill(mode, then)) return;

    busy[mode] = true;
    box.readOnly = true;
    form.setAttribute('aria-busy', 'true');
    clearTimeout(save[mode]);
    changed(mode);
    await drafts[mode].settle();
    let sent;
    try {
      const response = await fetch(`${address}/send/${mode}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: drafts[mode].id, text, files: tray.ids, seen: mode === 'reply' ? seen : null, solves: Boolean(then), deeds: deeds[mode].map(one => one.word) }),
      });
      const answer = await response.json().catch(() => null);
      sent = response.ok ? answer
        : response.status === 401 ? { no: 'Not sent: you are signed out. Your text is kept; sign in again and it is here.', isOut: true }
        : { no: answer?.detail ?? 'Not sent: the server could not take it just now. Your text is kept; send it again in a moment.' };
    } catch {
      sent = { no: 'Not sent: there is no connection right now. Your text is kept; send it again in a moment.' };
    }

    busy[mode] = false;
    box.readOnly = false;
    form.removeAttribute('aria-busy');
    newer.hidden = true;
    if (sent.isOut) document.dispatchEvent(new CustomEvent('ps-signed-out'));
    if (sent.newer) { asked = then; ask(sent.newer); return; }
    if (sent.wasSentBefore) drafts[mode].renew();
    if (sent.no) { say(sent.no); drafts[mode].keep(); return; }
    box.value = '';
    quietly(() => tray.clear());
    deed(mode, []);
    if (mode === 'reply') { seen = null; stopped(); }
    drafts[mode].sent();
    mark(mode);
    say(sent.undone ? `Sent. ${sent.undone}` : null);
    if (then === 'next') document.querySelector('[data-testid="next-ticket"]')?.click();
    else box.focus();
  }

  function onInput(event) {
    const mode = event.target.dataset.for;
    if (!mode || quiet) return;
    say(null);
    if (mode === 'reply') seen = event.target.value ? seen ?? Number(form.dataset.last) : null;
    places[mode] = 'Saving…';
    mark(mode);
    clearTimeout(save[mode]);
    save[mode] = setTimeout(() => changed(mode), SAVE);
    typing(mode);
  }

  function onClick(event) {
    const on = selector => event.target.closest(selector);
    const to = on('[data-mode-tab]')?.dataset.modeTab;
    if (to) turn(to);
    const button = on('[data-send]'), mode = button?.dataset.send ?? (on('[data-newer-send]') && 'reply');
    if (mode) send(mode, button ? button.dataset.then : asked);
    if (on('[data-newer-keep]')) { newer.hidden = true; area('reply').focus(); }
    if (on('[data-macros]')) pick();
    if (on('[data-unresolved-keep]')) { unresolved.hidden = true; area(form.dataset.mode).focus(); }
    if (on('[data-unresolved-send]')) { passed = true; send(pressed.mode, pressed.then).finally(() => { passed = false; }); }
    const other = on('[data-other-window]')?.dataset.otherWindow;
    if (other && on('[data-take-other]')) drafts[other].take();
    if (other && on('[data-keep-mine]')) drafts[other].insist();
    if (other && on('button')) area(other).focus();
  }

  function onKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); send(form.dataset.mode, event.shiftKey && form.dataset.mode === 'reply' ? 'next' : undefined); }
    else if (event.key === 'Escape') event.target.blur();
    // What was sent leaves an empty box behind with the focus in it, where the single key is a letter.
    else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.target.value === '' && keyed('z')) { event.preventDefault(); keyed('z').click(); }
  }

  function leave() {
    for (const mode of MODES) {
      clearTimeout(save[mode]);
      if (busy[mode]) continue;
      drafts[mode].leave();
    }
  }

  /** Asks the server what is kept there. */
  function read() {
    return asking ??= (async () => {
      try {
        const turns = MODES.map(mode => drafts[mode].turn);
        const response = await fetch(`${address}/drafts`, { cache: 'no-store', signal: AbortSignal.any([gone.signal, AbortSignal.timeout(PATIENCE)]) });
        if (!response.ok) return;
        const { number, drafts: stored } = await response.json();
        moved(number);
        // What was sent meanwhile is newer than this answer.
        MODES.forEach((mode, place) => {
          if (!busy[mode] && drafts[mode].turn === turns[place]) drafts[mode].meet(stored.find(draft => draft.mode === mode) ?? null);
        });
      } catch {
        // What this device has is there; the next letter or the next look asks again.
      } finally {
        asking = null;
      }
    })();
  }

  async function begin() {
    for (const mode of MODES) {
      const draft = drafts[mode].before;
      // What somebody typed before the page came to life is newer than what was kept.
      if (draft.text && !area(mode).value) area(mode).value = draft.text;
      if (mode === 'reply' && area(mode).value) seen = draft.seen ?? Number(form.dataset.last);
      quietly(() => trays[mode].restore(draft.files));
      deed(mode, draft.deeds ?? []);
    }
    await read();
    if (gone.signal.aborted) return;
    for (const mode of MODES) {
      mark(mode);
      area(mode).readOnly = false;
    }
    form.querySelectorAll('[data-send], [data-attach], [data-macros]').forEach(button => { button.disabled = false; });
  }

  const { signal } = gone;
  window.addEventListener('pagehide', leave, { signal });
  window.addEventListener('focus', read, { signal });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) read(); }, { signal });
  signal.addEventListener('abort', attachMentions(area('note'), form));
  signal.addEventListener('abort', onOtherWindow(store => { if (MODES.some(mode => drafts[mode].store === store)) read(); }));
  form.addEventListener('input', onInput);
  form.addEventListener('click', onClick);
  form.addEventListener('keydown', onKey);
  form.addEventListener('submit', event => event.preventDefault());
  begin();

  return {
    /** Somewhere else something happened to these drafts. */
    again() { read(); },
    detach() {
      leave();
      gone.abort();
      stopped();
    },
  };
}

/** Puts other words into a box, so that Ctrl Z brings those before them back where the box is the one that is written in. */
function replace(box, text) {
  if (!box.value || document.activeElement !== box || box.readOnly) { box.value = text; return; }
  box.select();
  if (!document.execCommand(text ? 'insertText' : 'delete', false, text)) box.value = text;
}

const bar = document.getElementById('components-reconnect-modal');
const isAway = () => /-(show|retrying|failed|rejected)/.test(bar?.className);
