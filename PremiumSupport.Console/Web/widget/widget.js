// PremiumSupport for the vendor's pages: a help icon and, behind it, the help dialog in a frame of its own origin. A classic script without
// dependencies; it never sees a session and passes the identity token on to the frame's exact origin only.
(function () {
  'use strict';
  var script = document.currentScript;
  if (!script || (window.PremiumSupport && window.PremiumSupport.loaded)) return;
  var origin = new URL(script.src).origin;
  var root = new URL('.', script.src).href;
  var waiting = (window.PremiumSupport && window.PremiumSupport.q) || [];
  var names = { en: 'Help', de: 'Hilfe', es: 'Ayuda', fr: 'Aide', it: 'Aiuto', nb: 'Hjelp' };
  var unreadWords = { en: '{n} unread', de: '{n} ungelesen', es: '{n} sin leer', fr: '{n} non lus', it: '{n} da leggere', nb: '{n} uleste' };
  var options = null, launcher, count, dialog, frame, open = false, unread = 0, frameReady = false, ready = [], onUnread = [], compose = null, ending = null;

  var css = '#premium-support-launcher{all:initial;box-sizing:border-box;display:inline-grid;place-items:center;inline-size:40px;block-size:40px;border-radius:10px;background:#fff;color:#0f191c;box-shadow:0 0 0 1px rgb(15 25 28/.16),0 2px 8px rgb(15 25 28/.14);cursor:pointer;position:relative}'
    + '#premium-support-launcher.loose{position:fixed;inset-block-start:12px;inset-inline-end:16px;z-index:2147483000}'
    + '#premium-support-launcher:hover{background:#f1f4f4}#premium-support-launcher:focus-visible{outline:3px solid #0a6480;outline-offset:2px}'
    + '#premium-support-launcher svg{inline-size:22px;block-size:22px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}'
    + '#premium-support-launcher span{position:absolute;inset-block-start:-6px;inset-inline-end:-6px;min-inline-size:18px;block-size:18px;padding-inline:4px;box-sizing:border-box;border-radius:9px;background:#0a6480;color:#fff;font:600 11px/18px system-ui,sans-serif;text-align:center}'
    + '#premium-support-launcher span[hidden],#premium-support-dialog[hidden]{display:none}'
    + '#premium-support-dialog{all:initial;position:fixed;z-index:2147483001;inset-block-start:64px;inset-inline-end:16px;inline-size:408px;block-size:min(720px,calc(100dvh - 80px));border-radius:14px;overflow:hidden;background:#fff;box-shadow:0 0 0 1px rgb(15 25 28/.1),0 20px 56px rgb(15 25 28/.24)}'
    + '#premium-support-dialog iframe{display:block;inline-size:100%;block-size:100%;border:0;color-scheme:normal}'
    + '@media(prefers-color-scheme:dark){#premium-support-dialog{background:#192226;box-shadow:0 0 0 1px rgb(255 255 255/.1),0 24px 64px rgb(0 0 0/.6)}}'
    + '@media(max-width:639.98px){#premium-support-dialog{inset:0;inline-size:100%;block-size:100dvh;border-radius:0}}'
    + '@media(forced-colors:active){#premium-support-launcher,#premium-support-dialog{border:1px solid}}';

  // A constructed sheet needs no 'unsafe-inline' on the vendor's page.
  function style() {
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
    } catch (e) {
      var element = document.createElement('style');
      element.textContent = css;
      document.head.appendChild(element);
    }
  }

  function language() {
    var wanted = ((options && options.locale) || document.documentElement.lang || navigator.language || 'en').toLowerCase().split(/[-_]/)[0];
    if (wanted === 'no' || wanted === 'nn') wanted = 'nb';
    return names[wanted] ? wanted : 'en';
  }

  function say(type, data) {
    if (!frame || !frame.contentWindow) return;
    var message = { premiumSupport: 1, type: type };
    for (var name in data) message[name] = data[name];
    // The exact origin: should the frame ever be elsewhere, the browser drops the message.
    frame.contentWindow.postMessage(message, origin);
  }

  function introduce() {
    frameReady = false;
    say('identity', { identityToken: options && typeof options.identityToken === 'string' ? options.identityToken : null });
    say(open ? 'shown' : 'hidden');
  }

  function label() {
    if (!launcher) return;
    var name = names[language()];
    launcher.setAttribute('aria-label', unread ? name + ', ' + unreadWords[language()].replace('{n}', unread) : name);
    count.textContent = unread > 99 ? '99+' : unread;
    count.hidden = !unread;
  }

  function setUnread(n) {
    if (n === unread) return;
    unread = n;
    label();
    onUnread.forEach(function (fn) { fn(n); });
  }

  function build() {
    style();
    launcher = document.createElement('button');
    launcher.type = 'button';
    launcher.id = 'premium-support-launcher';
    launcher.setAttribute('data-testid', 'help-icon');
    launcher.setAttribute('aria-haspopup', 'dialog');
    launcher.setAttribute('aria-expanded', 'false');
    var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    var path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM9.600 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.500-1.200 1-1.200 1.900M12 16.600v.01');
    svg.appendChild(path);
    count = document.createElement('span');
    count.setAttribute('aria-hidden', 'true');
    count.hidden = true;
    launcher.appendChild(svg);
    launcher.appendChild(count);
    launcher.addEventListener('click', function () { if (open) hide(); else show(); });
    var place = document.querySelector('[data-premium-support-launcher]');
    if (!place) launcher.className = 'loose';
    (place || document.body).appendChild(launcher);

    dialog = document.createElement('div');
    dialog.id = 'premium-support-dialog';
    dialog.setAttribute('role', 'dialog');
    dialog.hidden = true;
    frame = document.createElement('iframe');
    frame.setAttribute('allow', 'clipboard-write');
    frame.addEventListener('load', introduce);
    dialog.appendChild(frame);
    // Addressed before it is in the document: an empty frame would load first and be greeted for nothing.
    point();
    document.body.appendChild(dialog);
  }

  function point() {
    dialog.setAttribute('aria-label', names[language()]);
    frame.title = names[language()];
    frame.lang = language();
    frame.src = root + 'help?embedded=1&lang=' + language();
    label();
  }

  function show() {
    if (!dialog || open) return;
    open = true;
    dialog.hidden = false;
    launcher.setAttribute('aria-expanded', 'true');
    frame.focus();
    say('shown');
    setUnread(0);
  }

  function hide() {
    if (!dialog || !open) return;
    open = false;
    dialog.hidden = true;
    launcher.setAttribute('aria-expanded', 'false');
    launcher.focus();
    say('hidden');
  }

  window.addEventListener('keydown', function (event) { if (event.key === 'Escape' && open) hide(); });
  window.addEventListener('message', function (event) {
    var data = event.data;
    if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
    if (typeof data !== 'object' || data === null || data.premiumSupport !== 1) return;
    if (data.type === 'close') hide();
    else if (data.type === 'unread' && typeof data.count === 'number' && data.count >= 0) setUnread(Math.floor(data.count));
    else if (data.type === 'ended' && ending) ending();
    else if (data.type === 'ready') {
      frameReady = true;
      ready.splice(0).forEach(function (fn) { fn(); });
      if (compose !== null) { say('compose', { text: compose }); compose = null; }
    }
  });

  function whenBody(fn) {
    if (document.body) fn();
    else document.addEventListener('DOMContentLoaded', fn, { once: true });
  }

  var commands = {
    boot: function (given) {
      // A boot right after a shutdown waits for it: the session being ended is not the one that begins.
      if (ending) { var old = ending; ending = function () { old(); commands.boot(given); }; return; }
      options = given || {};
      whenBody(function () { if (!launcher) build(); else point(); });
    },
    update: function (given) {
      if (!options) return;
      var before = language();
      for (var name in given) options[name] = given[name];
      if (!frame) return;
      if (language() !== before) point();
      else if (given && 'identityToken' in given) introduce();
    },
    show: show,
    hide: hide,
    showNewMessage: function (text) {
      show();
      text = typeof text === 'string' ? text.slice(0, 10000) : '';
      if (frameReady) say('compose', { text: text });
      else compose = text;
    },
    shutdown: function () {
      if (!launcher || ending) return;
      hide();
      var done = false;
      ending = function () {
        if (done) return;
        done = true;
        ending = null;
        dialog.remove();
        launcher.remove();
        launcher = dialog = frame = options = null;
        frameReady = false;
        setUnread(0);
      };
      say('shutdown');
      setTimeout(function () { if (ending) ending(); }, 2000);
    },
    onUnreadCountChange: function (fn) { if (typeof fn === 'function') onUnread.push(fn); },
    onReady: function (fn) { if (typeof fn === 'function') { if (frameReady) fn(); else ready.push(fn); } }
  };

  function PremiumSupport(command) {
    if (Object.prototype.hasOwnProperty.call(commands, command)) return commands[command].apply(null, [].slice.call(arguments, 1));
  }
  PremiumSupport.loaded = true;
  window.PremiumSupport = PremiumSupport;
  [].slice.call(waiting).forEach(function (args) { PremiumSupport.apply(null, args); });
})();
