// Files on the customers' pages: those that are added to what is being written, and those of a message. A file is saved or shown by bytes that were asked
// for with the session, because neither a link nor a picture can say who asks.
import { filesOf, mayRetry, openTray, sizeText } from '../../wwwroot/shared/uploads.js';
import { authorised, bytes, uploads } from './api.js';
import { fill, h, icon } from './dom.js';
import { draft } from './drafts.js';
import { save } from './save.js';
import { owner } from './session.js';
import { known, lang, number, t } from './texts.js';

/** @import { Attachment, Kept, Message, Unsent } from './wire.js' */
/** @import { Upload } from '../../wwwroot/shared/uploads.js' */

/** @param {number} size */
const sized = size => sizeText(size, lang === 'en' ? 'en-GB' : lang);

/** Why a file was not taken. @param {Upload} upload */
function why({ code, said, most = 0 }) {
  const words = known(`file.error.${code}`, { size: sized(most), n: number(most) });
  if (words === null) return said ?? t('file.error.failed');
  return code === 'too-large' && !most ? said ?? words : words;
}

/**
 * The files of one text that is being written, kept with its draft.
 * @param {string} name of the draft
 */
export function fileBox(name) {
  const mine = owner();
  const input = h('input', { type: 'file', multiple: true, hidden: true, testid: 'attach-input', 'aria-hidden': 'true', tabindex: '-1' });
  const button = h('button', { type: 'button', class: 'button small attach', testid: 'attach', onclick: () => input.click() }, icon('clip', 'small'), h('span', { class: 'attach-words' }, t('file.add')), input);
  const items = h('ul', { class: 'files', 'aria-label': t('file.list') });
  const said = h('p', { class: 'visually-hidden', role: 'status' });
  const problem = h('p', { class: 'field-error', role: 'alert', hidden: true });
  /** @type {Map<string, [state: string, row: HTMLElement]>} */
  const drawn = new Map();
  const tray = openTray({ address: uploads, headers: authorised, onChange });

  function onChange() {
    problem.hidden = true;
    for (const upload of tray.uploads) {
      const [state, old] = drawn.get(upload.id) ?? [];
      if (state !== upload.state) {
        const made = row(upload);
        old?.replaceWith(made);
        drawn.set(upload.id, [upload.state, made]);
        if (state && upload.state === 'there') said.textContent = t('file.there', { name: upload.name });
        if (upload.state === 'failed') said.textContent = `${upload.name}: ${why(upload)}`;
      }
      const bar = drawn.get(upload.id)?.[1].querySelector('progress');
      if (bar) bar.value = upload.progress;
    }
    const here = new Set(tray.uploads.map(upload => upload.id));
    for (const [id, [, gone]] of drawn) if (!here.has(id)) { gone.remove(); drawn.delete(id); }
    for (const [, made] of drawn.values()) if (!made.isConnected || made.parentNode !== items) items.append(made);
    // What arrives while somebody else takes over is not theirs.
    if (mine === owner()) draft.set(name, { files: tray.kept });
  }

  /** @param {Upload} upload */
  function row(upload) {
    const { id, state } = upload, busy = state === 'waiting' || state === 'sending';
    return h('li', { class: 'file', testid: 'attachment', 'data-state': state },
      face(upload),
      h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, upload.name), h('span', { class: 'file-about' }, state === 'failed' ? why(upload) : sized(upload.size))),
      busy && h('progress', { max: '1', value: String(upload.progress), 'aria-label': t('file.uploading', { name: upload.name }) }),
      mayRetry(upload) && h('button', { type: 'button', class: 'text-button', onclick: () => { tray.retry(id); button.focus(); } }, t('retry')),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t(busy ? 'file.cancel' : 'file.remove', { name: upload.name }), onclick: () => { tray.remove(id); button.focus(); } }, icon('close', 'small')));
  }

  input.addEventListener('change', () => { tray.add([...(input.files ?? [])]); input.value = ''; });
  tray.restore(draft.get(name).files);
  return {
    button,
    list: h('div', { class: 'file-box' }, items, problem, said),
    /** What goes with the text. @returns {Kept[]} */
    get kept() { return tray.kept; },
    /** False, in words, while one is still on its way. */
    ready() {
      problem.hidden = !tray.busy;
      problem.textContent = tray.busy ? t('file.busy') : '';
      return !tray.busy;
    },
    /** They are part of a message now. */
    clear() { tray.clear(); draft.set(name, { files: [] }); },
    /** Takes what is pasted into or dropped on an element. @param {HTMLElement} element */
    listen(element) {
      element.addEventListener('paste', event => {
        const files = filesOf(event.clipboardData);
        // A spreadsheet puts a picture beside its text; then the text is what was meant.
        if (!files.length || event.clipboardData?.getData('text/plain')) return;
        event.preventDefault();
        tray.add(files);
      });
      let inside = 0;
      const brings = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
      const over = (/** @type {boolean} */ on) => element.classList.toggle('dropping', on);
      element.addEventListener('dragenter', event => { if (brings(event)) { inside++; over(true); } });
      element.addEventListener('dragleave', () => { if (inside && --inside === 0) over(false); });
      element.addEventListener('dragover', event => { if (brings(event)) event.preventDefault(); });
      element.addEventListener('drop', event => {
        inside = 0;
        over(false);
        const files = filesOf(event.dataTransfer);
        if (!files.length) return;
        event.preventDefault();
        tray.add(files);
      });
    },
  };
}

/** A small picture of a file where there is one, its kind in letters elsewhere. @param {{ thumbnailUrl?: string, format?: string }} file */
function face({ thumbnailUrl, format }) {
  const place = h('span', { class: 'file-face', 'aria-hidden': 'true' }, format ?? '…');
  if (thumbnailUrl) picture(thumbnailUrl).then(source => fill(place, h('img', { src: source, alt: '' })), () => { /* its kind stands there */ });
  return place;
}

/** The files of a message. @param {Attachment[]} [attachments] */
export function fileList(attachments) {
  if (!attachments?.length) return null;
  return h('ul', { class: 'files' }, attachments.map(file => h('li', {},
    h('button', { type: 'button', class: `file saved${file.thumbnailUrl ? ' pictured' : ''}`, testid: 'message-file', title: t('file.save', { name: file.name }), onclick: event => keep(file, /** @type {HTMLElement} */ (event.currentTarget)) },
      file.thumbnailUrl ? shown(file) : face(file),
      h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, file.name), ' ', h('span', { class: 'file-about' }, `${file.format} · ${sized(file.size)}`))))));
}

/** The files of a message that still waits in this browser. @param {Kept[]} [files] */
export const waitingFiles = files => (files?.length ? h('ul', { class: 'files' }, files.map(file => h('li', { class: 'file' }, face(file),
  h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, file.name), h('span', { class: 'file-about' }, sized(file.size)))))) : null);

/** The room is kept before the picture is there, so that nothing jumps. @param {Attachment} file */
function shown(file) {
  const image = h('img', { alt: '', class: 'file-picture', width: file.width, height: file.height });
  picture(/** @type {string} */ (file.thumbnailUrl)).then(source => { image.src = source; }, () => image.replaceWith(face({ format: file.format })));
  return image;
}

/** @type {Map<string, Promise<string>>} */
const pictures = new Map();

// As data, because the pages' policy takes pictures from nowhere else.
/** @param {string} url */
function picture(url) {
  const known = pictures.get(url) ?? bytes(url).then(blob => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  }));
  pictures.set(url, known);
  known.catch(() => pictures.delete(url));
  return known;
}

/** @param {Attachment} file @param {HTMLElement} button */
async function keep(file, button) {
  const about = button.querySelector('.file-about');
  try {
    await save(file.url, file.name);
    if (about) about.textContent = `${file.format} · ${sized(file.size)}`;
  } catch {
    if (about) fill(about, h('span', { role: 'alert' }, t('file.gone')));
  }
}

/** The files of a message that was just sent, at the addresses that it has on the server. @param {Unsent} entry @param {number | null} ticket @param {number} sequence @returns {Attachment[]} */
export const sentFiles = (entry, ticket, sequence) => (entry.files ?? []).map(file => {
  const url = `/files/${ticket}/${sequence}/${file.id}`;
  return { ...file, kind: file.kind ?? '', format: file.format ?? '', url, thumbnailUrl: file.thumbnailUrl && `${url}/thumbnail` };
});

/** What a screen reader is told of a message of ours. @param {Message} message */
export const heardOf = message => `${message.authorName ?? t('support')}: ${[message.body, ...(message.attachments ?? []).map(file => file.name)].filter(Boolean).join(' ')}`;
