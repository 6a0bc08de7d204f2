// Being told: the count in the title, the dot of the icon, a sound, a notification of the system. What is to be told stands in the page (data-alert, data-bell), whatever circuit brought it there;
// of all windows of a browser one sounds it.

const TOLD = 'ps-told', SOUND = 'ps-sound', KEEP = 600_000, BURST = 1_500;
const UNFOCUSED = 80, HIDDEN = 250, MUTE = 600;
let audio = null, isAwake = false;

// ── the title and the icon ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const count = () => Number(document.querySelector('[data-bell]')?.dataset.count ?? 0);

/** Changes the words in place: the element and its text belong to the page, which goes on writing into them. */
function mark() {
  const open = count(), text = document.querySelector('title')?.firstChild;
  if (text) {
    const wanted = `${open ? `(${open > 99 ? '99+' : open}) ` : ''}${text.data.replace(/^\(\d+\+?\) /, '')}`;
    if (text.data !== wanted) text.data = wanted;
  }
  for (const icon of document.querySelectorAll('link[rel="icon"][data-dot]')) {
    icon.dataset.plain ??= icon.getAttribute('href');
    const wanted = open ? icon.dataset.dot : icon.dataset.plain;
    if (icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
  }
}

// ── sound ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const isSoundOn = () => { try { return localStorage.getItem(SOUND) !== 'off'; } catch { return true; } };

/** Browsers let a page sound only after somebody did something in it; the first press of a key or a button is taken for that. */
async function wake() {
  if (isAwake || !isSoundOn() || !window.AudioContext) return;
  try {
    audio ??= new AudioContext();
    await audio.resume();
    isAwake = audio.state === 'running';
    if (isAwake) await audio.suspend();
  } catch { /* no device to sound on */ }
  say();
}

/** Two notes upwards, or three downwards for a promise. Made here: nothing is fetched. Says so when it has been heard. */
async function play(kind) {
  if (!isAwake || !isSoundOn()) return false;
  await audio.resume();
  const notes = kind === 'grave' ? [880, 740, 587] : [660, 880], from = audio.currentTime + .02;
  notes.forEach((pitch, place) => {
    const tone = audio.createOscillator(), level = audio.createGain(), at = from + place * .16;
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(.16, at + .02);
    level.gain.exponentialRampToValueAtTime(.001, at + .3);
    tone.connect(level).connect(audio.destination);
    tone.start(at);
    tone.stop(at + .32);
    if (place === notes.length - 1) {
      tone.addEventListener('ended', () => {
        document.dispatchEvent(new CustomEvent('ps-sounded', { detail: { kind } }));
        audio.suspend();
      });
    }
  });
  return true;
}

// ── one window tells ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const pause = time => new Promise(go => { setTimeout(go, time); });

/** True for one window of the browser. Under a lock, so that two that ask at once are told apart; without locks (a page that is not secure) nearly so. */
function claim(key) {
  const take = () => {
    let told = {};
    try { told = JSON.parse(localStorage.getItem(TOLD)) ?? {}; } catch { /* begun anew */ }
    if (told[key]) return null;
    const now = Date.now(), isBurst = now - (told.sounded ?? 0) < BURST;
    const kept = Object.fromEntries(Object.entries(told).filter(([, at]) => now - at < KEEP));
    try { localStorage.setItem(TOLD, JSON.stringify({ ...kept, [key]: now, sounded: isBurst ? told.sounded : now })); } catch { /* told in each window then */ }
    return { isBurst };
  };
  return navigator.locks ? navigator.locks.request(TOLD, take) : take();
}

async function tell(alert) {
  const { alert: key, title, body, to, sound } = alert.dataset, desktop = 'desktop' in alert.dataset;
  // The window that is worked in goes first, then one in sight, then one that can sound at all.
  await pause((document.hasFocus() ? 0 : UNFOCUSED) + (document.hidden ? HIDDEN : 0) + (sound && !isAwake ? MUTE : 0));
  const mine = await claim(key);
  const settled = detail => document.dispatchEvent(new CustomEvent('ps-told', { detail: { key, ...detail } }));
  if (!mine) { settled({ isMine: false, sounded: false, shown: false }); return; }
  const sounded = Boolean(sound) && !mine.isBurst && await play(sound).catch(() => false);
  const shown = desktop && !document.hasFocus() && notify({ key, title, body, to });
  settled({ isMine: true, sounded, shown });
}

function notify({ key, title, body, to }) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  try {
    const shown = new Notification(title, { body, tag: key, icon: document.querySelector('link[rel="icon"][data-dot]')?.dataset.dot, silent: true });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
      if (to) window.Blazor?.navigateTo ? window.Blazor.navigateTo(to) : location.assign(to);
    });
    return true;
  } catch {
    return false;
  }
}

// ── what this browser is allowed, on the page of preferences ────────────────────────────────────────────────────────────────────────

const SOUND_WORDS = {
  none: 'This browser makes no sounds.', off: 'Sound is off in this browser.', waiting: 'Sound is on. The browser allows it after the first click or key in a window.', on: 'Sound is on and works in this window.',
};
const DESKTOP_WORDS = { none: 'This browser has no notifications here; they need an https address.', default: 'Not allowed yet. The browser asks when you press the button.', denied: 'Refused in this browser. Allow notifications of this address in its settings.', granted: 'Allowed. They come while you look elsewhere.' };

/** Writes how things stand where the page asks for it. */
function say() {
  const write = (place, words) => { for (const element of document.querySelectorAll(place)) if (element.textContent !== words) element.textContent = words; };
  write('[data-sound-state]', SOUND_WORDS[!window.AudioContext ? 'none' : !isSoundOn() ? 'off' : isAwake ? 'on' : 'waiting']);
  write('[data-sound-switch]', isSoundOn() ? 'Turn sound off here' : 'Turn sound on here');
  write('[data-desktop-state]', DESKTOP_WORDS['Notification' in window ? Notification.permission : 'none']);
}

document.addEventListener('click', async event => {
  const on = place => event.target.closest?.(place);
  if (on('[data-sound-switch]')) {
    try { localStorage.setItem(SOUND, isSoundOn() ? 'off' : 'on'); } catch { /* this window alone then */ }
    await wake();
  } else if (on('[data-sound-test]')) {
    await wake();
    if (!await play('plain').catch(() => false)) document.querySelectorAll('[data-sound-said]').forEach(said => { said.textContent = 'Not heard: sound is off, or the browser has no device for it.'; });
    else document.querySelectorAll('[data-sound-said]').forEach(said => { said.textContent = 'Two notes upwards.'; });
  } else if (on('[data-desktop-ask]') && 'Notification' in window) {
    await Notification.requestPermission();
  } else if (on('[data-desktop-test]')) {
    const shown = notify({ key: `test-${Date.now()}`, title: 'This is how you are told', body: 'A test from your preferences.' });
    document.querySelectorAll('[data-desktop-said]').forEach(said => { said.textContent = shown ? 'Shown.' : 'Not shown: they are not allowed here.'; });
  } else return;
  say();
});

// Not as the button goes down: what is said then may move the page away from under the click.
for (const name of ['click', 'keydown']) document.addEventListener(name, wake, { capture: true, passive: true });

// ── what comes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const seen = new Set();

function look() {
  mark();
  say();
  for (const alert of document.querySelectorAll('[data-alerts] [data-alert]')) {
    if (seen.has(alert.dataset.alert)) continue;
    seen.add(alert.dataset.alert);
    tell(alert);
  }
}

let asked = false;
function soon() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => { asked = false; look(); });
}

new MutationObserver(soon).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-count'] });
new MutationObserver(mark).observe(document.head, { subtree: true, childList: true, characterData: true });
look();
