// PremiumSupport for the vendor's pages: a help icon and, behind it, the help dialog in a frame of its own origin. It never sees a session and
// passes the identity token on to the frame's exact origin only.
import { talk } from './frame.js';
import { addLauncher } from './launcher.js';
import { makePanel } from './panel.js';
import { addStyle } from './style.js';
import { languageOf } from './words.js';

const PATIENCE = 2000, LONGEST = 10000;
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const earlier = window.PremiumSupport;

/** @param {HTMLScriptElement} script */
function begin(script) {
  const home = new URL('.', script.src), nonce = script.nonce;
  /** @type {WidgetOptions | null} */
  let options = null;
  /** @type {{ launcher: ReturnType<typeof addLauncher>, panel: ReturnType<typeof makePanel> } | null} */
  let shown = null;
  /** What to do once the frame has ended its session. @type {(() => void) | null} */
  let ending = null;
  /** @type {string | null} */
  let compose = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  let unread = 0, isReady = false, isStyled = false;
  /** @type {(() => void)[]} */
  let onReady = [];
  /** @type {((unread: number) => void)[]} */
  const onUnread = [];
  /** @type {(() => void)[]} */
  const onIdentity = [];

  // A listener that throws is the page's own mistake: it is reported there and stops nobody else.
  /** @template {unknown[]} A @param {((...values: A) => void)[]} listeners @param {A} values */
  const tell = (listeners, ...values) => listeners.forEach(fn => {
    try { fn(...values); } catch (error) { reportError(error); }
  });

  const say = talk(home.origin, () => shown?.panel.frame.contentWindow, heard => {
    if (heard.type === 'close') commands.hide();
    else if (heard.type === 'unread') setUnread(heard.count);
    else if (heard.type === 'ended') ending?.();
    else if (heard.type === 'refused') tell(onIdentity);
    else {
      isReady = true;
      tell(onReady.splice(0));
      if (compose !== null) say('compose', { text: compose });
      compose = null;
    }
  });

  const language = () => languageOf(options?.locale);
  const draw = () => shown?.launcher.draw(language(), unread, shown.panel.isOpen);

  /** @param {number} count */
  function setUnread(count) {
    if (count === unread) return;
    unread = count;
    draw();
    tell(onUnread, count);
  }

  function introduce() {
    isReady = false;
    say('identity', { identityToken: typeof options?.identityToken === 'string' ? options.identityToken : null });
    say(shown?.panel.isOpen ? 'shown' : 'hidden');
  }

  function load() {
    const address = new URL('help', home);
    address.search = new URLSearchParams({ embedded: '1', lang: language() }).toString();
    shown?.panel.load(address, language());
    draw();
  }

  function build() {
    if (!isStyled) addStyle(nonce);
    isStyled = true;
    const panel = makePanel({ onLoad: introduce, onCancel: () => commands.hide() });
    shown = { panel, launcher: addLauncher(() => (panel.isOpen ? commands.hide() : commands.show())) };
    load();
  }

  function end() {
    clearTimeout(patience);
    shown?.panel.remove();
    shown?.launcher.element.remove();
    shown = options = ending = compose = null;
    isReady = false;
    setUnread(0);
  }

  window.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) commands.hide();
  });

  const commands = {
    /** Shows the icon; called again, it begins anew for another person. @param {WidgetOptions} [given] */
    boot(given) {
      if (ending) {
        // The session that is being ended is not the one that begins.
        const first = ending;
        ending = () => { first(); commands.boot(given); };
        return;
      }
      options = { ...given };
      if (shown) load();
      else if (document.body) build();
      else document.addEventListener('DOMContentLoaded', () => { if (options && !shown) build(); }, { once: true });
    },
    /** Changes what boot was given; what is left out stays. @param {WidgetOptions} [given] */
    update(given) {
      if (!options) return;
      const before = language();
      Object.assign(options, given);
      if (language() !== before) load();
      else if (given && 'identityToken' in given) introduce();
    },
    show() {
      if (!shown || shown.panel.isOpen) return;
      shown.panel.open();
      say('shown');
      setUnread(0);
      draw();
    },
    hide() {
      if (!shown?.panel.isOpen) return;
      shown.panel.close(shown.launcher.element);
      say('hidden');
      draw();
    },
    /** Opens the dialog with words for the customer to send or change. @param {unknown} [text] */
    showNewMessage(text) {
      commands.show();
      compose = typeof text === 'string' ? text.slice(0, LONGEST) : '';
      if (!isReady) return;
      say('compose', { text: compose });
      compose = null;
    },
    /** Ends the session here and on the server, and takes the icon away: call it when the person signs out. */
    shutdown() {
      if (!shown || ending) return;
      commands.hide();
      ending = end;
      say('shutdown');
      patience = setTimeout(() => ending?.(), PATIENCE);
    },
    /** @param {unknown} fn gets the number, now where there is one and at every change */
    onUnreadCountChange(fn) {
      if (typeof fn !== 'function') return;
      onUnread.push(/** @type {(unread: number) => void} */ (fn));
      if (unread) tell(onUnread.slice(-1), unread);
    },
    /** @param {unknown} fn is called once, when the dialog can be used */
    onReady(fn) {
      if (typeof fn !== 'function') return;
      onReady.push(/** @type {() => void} */ (fn));
      if (isReady) tell(onReady.splice(0));
    },
    /** @param {unknown} fn is called when the token is not accepted or the session has ended: update with a new one */
    onIdentityNeeded(fn) {
      if (typeof fn === 'function') onIdentity.push(/** @type {() => void} */ (fn));
    },
  };

  /** @param {unknown[]} call */
  function run(...call) {
    const [name, ...values] = call;
    if (Object.hasOwn(commands, String(name))) return /** @type {Record<string, Function>} */ (commands)[String(name)](...values);
    console.error(`PremiumSupport has no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  }

  window.PremiumSupport = Object.assign(run, { loaded: true });
  for (const call of Array.from(earlier?.q ?? [])) run(...Array.from(call));
}

if (script && !earlier?.loaded) begin(script);
