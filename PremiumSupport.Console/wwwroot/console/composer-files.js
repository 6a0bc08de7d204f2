// The files of a reply and of a note: picked, pasted or dropped, each with its progress, and drawn where they will be sent from. The two never mix.
import { filesOf, mayRetry, openTray, sizeText } from '../shared/uploads.js';

const LOCALE = 'en-GB', MODES = ['reply', 'note'];

/** Answers a tray per mode. onChange(mode): what a draft remembers may be another. */
export function attachFiles(form, onChange) {
  const said = form.querySelector('[data-files-said]'), input = form.querySelector('[data-file-input]');
  const mode = () => form.dataset.mode;
  const trays = Object.fromEntries(MODES.map(each => [each, open(each)]));

  function open(each) {
    const list = form.querySelector(`[data-files="${each}"]`), drawn = new Map(), states = new Map();
    const tray = openTray({
      address: `/tickets/${form.dataset.ticket}/uploads`,
      onChange() {
        const here = new Set(tray.uploads.map(upload => upload.id));
        for (const [id, row] of drawn) if (!here.has(id)) { row.remove(); drawn.delete(id); states.delete(id); }
        for (const upload of tray.uploads) {
          if (states.get(upload.id) !== upload.state) {
            const row = rowOf(upload, tray, () => form.querySelector(`textarea[data-for="${each}"]`).focus());
            drawn.get(upload.id)?.replaceWith(row);
            drawn.set(upload.id, row);
            list.append(...[...tray.uploads].map(one => drawn.get(one.id)).filter(Boolean));
            if (upload.state === 'there' && states.has(upload.id)) said.textContent = `${upload.name} is attached.`;
            if (upload.state === 'failed') said.textContent = `${upload.name}: ${why(upload)}`;
            states.set(upload.id, upload.state);
          }
          const bar = drawn.get(upload.id).querySelector('progress');
          if (bar) bar.value = upload.progress;
        }
        list.hidden = tray.uploads.length === 0;
        onChange(each);
      },
    });
    return tray;
  }

  form.querySelector('[data-attach]').addEventListener('click', () => input.click());
  input.addEventListener('change', () => { trays[mode()].add(input.files); input.value = ''; });
  form.addEventListener('paste', event => {
    const files = filesOf(event.clipboardData);
    // Spreadsheets and word processors put a picture beside their text; then the text is what was meant.
    if (!files.length || event.clipboardData.getData('text/plain')) return;
    event.preventDefault();
    trays[mode()].add(files);
  });
  let inside = 0;
  const over = on => { form.dataset.dropping = String(on); };
  form.addEventListener('dragenter', event => { if (event.dataTransfer?.types.includes('Files')) { inside++; over(true); } });
  form.addEventListener('dragleave', () => { if (inside && --inside === 0) over(false); });
  form.addEventListener('dragover', event => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
  form.addEventListener('drop', event => {
    inside = 0;
    over(false);
    const files = filesOf(event.dataTransfer);
    if (!files.length) return;
    event.preventDefault();
    trays[mode()].add(files);
  });
  return trays;
}

function why(upload) {
  if (upload.code === 'offline') return 'Not uploaded: there is no connection right now.';
  if (upload.code === 'too-large' && upload.most) return `The file is too large; up to ${sizeText(upload.most, LOCALE)} fit.`;
  if (upload.code === 'too-many') return `Up to ${upload.most} files fit into one message.`;
  return upload.said ?? 'That did not work.';
}

function rowOf(upload, tray, focus) {
  const failed = upload.state === 'failed';
  return element('li', { class: 'file', 'data-testid': 'attachment', 'data-state': upload.state },
    upload.thumbnailUrl ? element('img', { src: upload.thumbnailUrl, alt: '', class: 'file-face' }) : element('span', { class: 'file-face', 'aria-hidden': 'true' }, upload.format ?? '…'),
    element('span', { class: 'file-text' },
      element('span', { class: 'file-name', title: upload.name }, upload.name),
      element('span', { class: 'file-about' }, failed ? why(upload) : sizeText(upload.size, LOCALE))),
    upload.state === 'sending' || upload.state === 'waiting' ? element('progress', { max: '1', value: String(upload.progress), 'aria-label': `Uploading ${upload.name}` }) : null,
    mayRetry(upload) ? element('button', { type: 'button', class: 'btn sm', onclick: () => { tray.retry(upload.id); focus(); } }, 'Try again') : null,
    element('button', { type: 'button', class: 'btn quiet icon sm', 'aria-label': `${upload.state === 'there' || failed ? 'Remove' : 'Cancel'} ${upload.name}`, onclick: () => { tray.remove(upload.id); focus(); } }, cross()));
}

function cross() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'i s12');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#i-x');
  svg.append(use);
  return svg;
}

function element(tag, { onclick, ...attributes }, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (onclick) made.addEventListener('click', onclick);
  made.append(...children.filter(child => child !== null));
  return made;
}
