// Files on their way to the server, without a page around them: the console's composer and the customers' forms draw what is in a tray and never send a
// file themselves. One goes after the other; each says how far it is, can be called off, and says why when it was not taken.

/** @typedef {'waiting' | 'sending' | 'there' | 'failed'} State */
/**
 * @typedef {object} Upload
 * @property {string} id minted here: the same file sent again is the same upload
 * @property {string} name
 * @property {number} size bytes
 * @property {State} state
 * @property {number} progress 0 to 1
 * @property {string} [kind] what its bytes are, as the server found
 * @property {string} [format] the same as a short word
 * @property {string} [thumbnailUrl]
 * @property {string} [code] why it was not taken: the server's word, or 'offline', 'too-large', 'too-many'
 * @property {string} [said] the server's sentence
 * @property {number} [most] the limit that it broke, in bytes or files
 * @property {File} [file] gone after a reload, and with it the chance to try again
 */
/** @typedef {{ fileBytes: number, mostInAMessage: number }} Limits */
/** @typedef {{ id: string, name: string, size: number, kind: string, format: string, thumbnailUrl?: string }} Taken the server's answer */
/** @typedef {Pick<Upload, 'id' | 'name' | 'size' | 'kind' | 'format' | 'thumbnailUrl'>} Kept what a draft remembers */

const PASSING = ['offline', 'storage-full', 'scanner-unavailable', 'too-many-uploads', 'too-many-files', 'failed'];

/** Whether trying the same file again may help. @param {Upload} upload */
export const mayRetry = upload => upload.state === 'failed' && Boolean(upload.file) && PASSING.includes(upload.code ?? '');

/** A random id as a UUID, also where crypto.randomUUID is missing because the page came without TLS. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A file name as a header may carry it (RFC 8187). @param {string} name */
const disposition = name => `attachment; filename*=UTF-8''${encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/**
 * The files of one message that is being written.
 * @param {object} how
 * @param {string | URL} how.address under which uploads are put
 * @param {() => Record<string, string>} [how.headers] who is asking, where no cookie says it
 * @param {() => void} how.onChange draw again
 */
export function openTray({ address, headers = () => ({}), onChange }) {
  /** @type {Upload[]} */
  let uploads = [];
  /** @type {XMLHttpRequest | null} */
  let sending = null;
  /** @type {Promise<Limits | null> | null} */
  let asked = null;
  const at = (/** @type {string} */ tail) => `${address}/${tail}`;

  /** @param {string} id @param {Partial<Upload>} change */
  const set = (id, change) => {
    uploads = uploads.map(upload => (upload.id === id ? { ...upload, ...change } : upload));
    onChange();
  };

  // Asked once, when the first file is there; where the server does not say, it decides as the file arrives.
  const limits = () => asked ??= fetch(at('limits'), { headers: headers(), cache: 'no-store' }).then(answer => (answer.ok ? answer.json() : null), () => null)
    .then(known => { if (!known) asked = null; return known; });

  async function next() {
    if (sending) return;
    const upload = uploads.find(one => one.state === 'waiting');
    if (!upload?.file) return;
    const request = sending = new XMLHttpRequest();
    set(upload.id, { state: 'sending', progress: 0 });
    const most = (await limits())?.fileBytes;
    if (sending !== request) return;
    if (most && upload.size > most) done(request, upload.id, { state: 'failed', code: 'too-large', most });
    else put(request, upload, upload.file);
  }

  /** @param {XMLHttpRequest} request @param {Upload} upload @param {File} file */
  function put(request, upload, file) {
    request.upload.onprogress = event => { if (event.lengthComputable) set(upload.id, { progress: event.loaded / event.total }); };
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 201) done(request, upload.id, { ...answer, state: 'there', progress: 1, file: undefined });
      else done(request, upload.id, { state: 'failed', code: answer?.code ?? 'failed', said: answer?.detail });
    };
    request.onerror = () => done(request, upload.id, { state: 'failed', code: 'offline' });
    request.open('PUT', at(upload.id));
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Disposition', disposition(upload.name));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
  }

  /** @param {XMLHttpRequest} request @param {string} id @param {Partial<Upload>} change */
  function done(request, id, change) {
    if (sending === request) sending = null;
    set(id, change);
    next();
  }

  /** @param {string} id */
  function forget(id) {
    const gone = uploads.find(upload => upload.id === id);
    if (gone?.state === 'sending') {
      const request = sending;
      sending = null;
      request?.abort();
    }
    uploads = uploads.filter(upload => upload.id !== id);
    onChange();
    next();
    return gone;
  }

  return {
    get uploads() { return uploads; },
    /** The ids of those that the server has, in their order. */
    get ids() { return uploads.filter(upload => upload.state === 'there').map(upload => upload.id); },
    /** True while one is on its way. */
    get busy() { return uploads.some(upload => upload.state === 'waiting' || upload.state === 'sending'); },
    /** @param {Iterable<File>} files */
    async add(files) {
      const added = [...files].map(file => /** @type {Upload} */ ({ id: newId(), name: file.name || 'file', size: file.size, state: 'waiting', progress: 0, file }));
      if (!added.length) return;
      uploads = [...uploads, ...added];
      onChange();
      const most = (await limits())?.mostInAMessage;
      if (most) uploads.slice(most).filter(upload => upload.state === 'waiting').forEach(upload => set(upload.id, { state: 'failed', code: 'too-many', most }));
      next();
    },
    /** @param {string} id */
    retry(id) { set(id, { state: 'waiting', progress: 0, code: undefined, said: undefined }); next(); },
    /** Takes one out, and puts it away on the server if it got there. @param {string} id */
    remove(id) {
      const gone = forget(id);
      if (gone?.state === 'there' || gone?.state === 'sending') fetch(at(id), { method: 'DELETE', headers: headers(), keepalive: true }).catch(() => { /* the server puts away what nobody sends */ });
    },
    /** Forgets all: they are part of a message now, or of another draft. */
    clear() { [...uploads].forEach(upload => forget(upload.id)); },
    /** What a draft remembers: those that the server has. @returns {Kept[]} */
    get kept() { return uploads.filter(upload => upload.state === 'there').map(({ id, name, size, kind, format, thumbnailUrl }) => ({ id, name, size, kind, format, thumbnailUrl })); },
    /** @param {Kept[]} [kept] */
    restore(kept) {
      const known = new Set(uploads.map(upload => upload.id));
      uploads = [...(kept ?? []).filter(one => !known.has(one.id)).map(one => /** @type {Upload} */ ({ ...one, state: 'there', progress: 1 })), ...uploads];
      onChange();
    },
  };
}

/** @typedef {ReturnType<typeof openTray>} Tray */

/** @param {string} text */
function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** The files that somebody pastes or drops; none for mere text. @param {DataTransfer | null} data */
export const filesOf = data => [...(data?.files ?? [])];

/** Bytes in the unit that suits them. @param {number} bytes @param {string} locale */
export function sizeText(bytes, locale) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[step], unitDisplay: step ? 'short' : 'long', maximumFractionDigits: step > 1 ? 1 : 0 }).format(bytes / 1024 ** step);
}
