// The article's editor. What is typed belongs to the browser: it goes to the server as a draft while it is written, and every answer brings the preview. What could not
// be kept there yet stays in local storage, so that neither a reload nor a lost connection loses a word.

const WAIT = 600, AGAIN = 3_000, LARGEST_IMAGE = 15 * 1024 * 1024;
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Brings an editor to life; the result is what the page may ask of it. */
export function attach(form, version) {
  const part = name => form.querySelector(`[data-${name}]`);
  const title = part('title'), body = part('body'), preview = part('preview'), kept = part('kept'), said = part('said'), conflict = part('conflict'), uploads = part('uploads'), files = part('files');
  const address = form.dataset.address, store = `ps-article-${address}`;
  let seen = version, saved = { title: title.value, body: body.value }, timer = 0, busy = null, stopped = false, images = 0;

  const now = () => ({ title: title.value, body: body.value });
  const dirty = () => title.value !== saved.title || body.value !== saved.body;
  const say = (words, isConflict = false) => { said.textContent = words ?? ''; said.hidden = !words; conflict.hidden = !isConflict; stopped = isConflict; };
  const remember = () => { try { if (dirty()) localStorage.setItem(store, JSON.stringify({ ...now(), seen })); else localStorage.removeItem(store); } catch { /* too long for this device; the server has what it took */ } };

  function show(html) {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const top = preview.scrollTop;
    preview.replaceChildren(...parsed.body.childNodes);
    preview.scrollTop = top;
  }

  /** Keeps what is there now; with force even where nothing changed. True when the server has it. */
  async function keep(force = false, over = false) {
    clearTimeout(timer);
    if (busy) { await busy; }
    if (stopped && !over) return false;
    if (!force && !dirty()) return true;
    const text = now();
    busy = (async () => {
      let response, answer;
      try {
        response = await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...text, seen: over ? null : seen }) });
        answer = await response.json().catch(() => null);
      } catch {
        kept.textContent = 'No connection. Kept on this device; trying again.';
        timer = setTimeout(keep, AGAIN);
        return false;
      }
      if (response.ok) {
        seen = answer.version;
        saved = text;
        show(answer.html);
        say(null);
        kept.textContent = `Draft kept at ${time.format(new Date())}`;
        return true;
      }
      if (response.status === 409) say(answer?.detail ?? 'Somebody changed this draft meanwhile. Your text is still here.', true);
      else if (response.status >= 500) { kept.textContent = 'The server could not keep it just now. Trying again.'; timer = setTimeout(keep, AGAIN); }
      else say(response.status === 401 ? 'You are signed out. Your text is kept on this device; sign in again and it is here.' : answer?.detail ?? 'This could not be kept. Your text is still here.');
      return false;
    })();
    const done = await busy;
    busy = null;
    remember();
    if (done && dirty()) timer = setTimeout(keep, WAIT);
    return done;
  }

  function changed() {
    remember();
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(keep, WAIT);
  }

  function insert(text, from = body.selectionStart, to = body.selectionEnd) {
    body.focus();
    body.setSelectionRange(from, to);
    // Undone by Ctrl Z like anything typed; setRangeText would not be.
    if (!document.execCommand('insertText', false, text)) body.setRangeText(text, from, to, 'end');
    changed();
  }

  function replace(what, by) {
    const at = body.value.indexOf(what);
    if (at < 0) return;
    const { selectionStart: start, selectionEnd: end } = body, shift = by.length - what.length;
    body.setRangeText(by, at, at + what.length, 'preserve');
    if (start > at) body.setSelectionRange(start + shift, end + shift);
    changed();
  }

  function wrap(mark, isLine) {
    const { selectionStart: from, selectionEnd: to } = body, chosen = body.value.slice(from, to);
    if (!isLine) { insert(`${mark}${chosen || 'text'}${mark}`); return; }
    const start = body.value.lastIndexOf('\n', from - 1) + 1;
    insert(body.value.slice(start, to).split('\n').map(line => mark + line).join('\n'), start, to);
  }

  function upload(file) {
    if (!file.type.startsWith('image/')) { say(`${file.name} is no image. PNG, JPEG, WebP and GIF can be shown.`); return; }
    if (file.size > LARGEST_IMAGE) { say(`${file.name} is too large; up to 15 MB fit.`); return; }
    const name = file.name.replace(/\.[^.]*$/, '').replace(/[[\]()\\!]/g, ' ').trim() || 'Image';
    const mark = `![${name}](uploading-${++images})`;
    insert(mark);
    const bar = document.createElement('progress'), item = document.createElement('li');
    bar.max = 1; bar.value = 0; bar.setAttribute('aria-label', `Uploading ${file.name}`);
    item.append(`${file.name} `, bar);
    uploads.append(item);
    const request = new XMLHttpRequest();
    request.open('POST', form.dataset.images);
    request.setRequestHeader('Content-Type', file.type);
    request.responseType = 'json';
    request.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onloadend = () => {
      item.remove();
      if (request.status === 201) { replace(mark, `![${name}](${request.response.address})`); return; }
      replace(mark, '');
      say(request.response?.detail ?? `${file.name} did not arrive. Choose it again.`);
    };
    request.send(file);
  }

  function onClick(event) {
    const wrapped = event.target.closest('[data-wrap]'), taken = event.target.closest('[data-take]')?.dataset.take;
    if (wrapped) wrap(wrapped.dataset.wrap, 'line' in wrapped.dataset);
    else if (event.target.closest('[data-link]')) insert(`[${body.value.slice(body.selectionStart, body.selectionEnd) || 'text'}](https://)`);
    else if (taken === 'mine') { stopped = false; keep(true, true); }
    else if (taken === 'theirs') { forget(); location.reload(); }
  }

  function onKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (event.key === 's') { event.preventDefault(); keep(); }
    else if (event.key === 'b' && event.target === body) { event.preventDefault(); wrap('**', false); }
  }

  function onPaste(event) {
    const pasted = [...event.clipboardData?.files ?? []];
    if (pasted.length) { event.preventDefault(); pasted.forEach(upload); }
  }

  function onDrop(event) {
    event.preventDefault();
    form.classList.remove('dropping');
    [...event.dataTransfer?.files ?? []].forEach(upload);
  }

  function onDrag(event) {
    if (event.dataTransfer?.types.includes('Files')) { event.preventDefault(); form.classList.toggle('dropping', event.type === 'dragover'); }
  }

  function forget() {
    clearTimeout(timer);
    saved = now();
    try { localStorage.removeItem(store); } catch { /* nothing to forget */ }
  }

  const submit = event => event.preventDefault();
  const picked = () => { [...files.files].forEach(upload); files.value = ''; };
  const listeners = [[form, 'input', event => { if (event.target === title || event.target === body) changed(); }], [form, 'click', onClick], [form, 'keydown', onKey], [form, 'submit', submit],
    [body, 'paste', onPaste], [body, 'drop', onDrop], [body, 'dragover', onDrag], [body, 'dragleave', onDrag], [files, 'change', picked], [window, 'pagehide', remember]];
  listeners.forEach(([target, type, listener]) => target.addEventListener(type, listener));

  let left = null;
  try { left = JSON.parse(localStorage.getItem(store) ?? 'null'); } catch { /* nothing readable was left */ }
  if (left && (left.title !== title.value || left.body !== body.value)) {
    title.value = left.title;
    body.value = left.body;
    if (left.seen !== seen) say('This was written on this device and never reached the server, and the draft has changed since. Your text is still here.', true);
  }
  title.readOnly = body.readOnly = false;
  fetch(form.dataset.previewAddress, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ body: body.value }) })
    .then(response => (response.ok ? response.json() : null)).then(answer => { if (answer && !busy) show(answer.html); }).catch(() => { /* the next draft brings it */ });
  if (dirty() && !stopped) changed();

  return {
    /** Keeps what is there and says under which version; null when that failed, which is said then. */
    async flush(force) { return await keep(force) && !dirty() ? seen : null; },
    published() { seen = 0; saved = now(); remember(); kept.textContent = ''; },
    /** What the server has now, for who does not type. */
    there(version, editor) { if (version > seen && !busy && !stopped) { if (!dirty()) say(`${editor ?? 'Somebody'} changed this draft.`, true); } },
    forget,
    reload(to) { if (to) location.assign(to); else location.reload(); },
    detach() {
      if (dirty() && !stopped) keep();
      remember();
      clearTimeout(timer);
      listeners.forEach(([target, type, listener]) => target.removeEventListener(type, listener));
    },
  };
}
