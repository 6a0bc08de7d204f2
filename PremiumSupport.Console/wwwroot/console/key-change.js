// A new key for a command is pressed. While one is waited for, nothing else hears the keyboard; Escape gives up, and a second key is waited for after g.

import { combinationOf } from './keys.js';

/** Brings the table of keys to life; the result detaches it again. */
export function attach(table, server) {
  let waiting = null;
  const said = words => { const place = table.parentElement.querySelector('[data-key-waiting]'); if (place) place.textContent = words; };

  function stop(words = '') {
    waiting?.button.removeAttribute('aria-pressed');
    waiting = null;
    said(words);
  }

  function onClick(event) {
    const button = event.target.closest('[data-change]');
    if (!button) return;
    stop();
    waiting = { button, command: button.closest('[data-command-key]').dataset.commandKey, first: '' };
    button.setAttribute('aria-pressed', 'true');
    said('Press the new key. Escape leaves it as it is.');
    button.focus();
  }

  function onKey(event) {
    if (!waiting || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape' || event.key === 'Tab') { stop(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) { said('Keys with Ctrl, Alt or ⌘ belong to the browser. Press another one, or Escape.'); return; }
    const key = combinationOf(event);
    if (!waiting.first && key === 'g') { waiting.first = 'g'; said('G, and then?'); return; }
    const { command, first } = waiting;
    stop();
    server.invokeMethodAsync('SetKey', command, first ? `${first} ${key}` : key).catch(() => said('Not kept: there is no connection right now.'));
  }

  function onBlur() { stop(); }

  table.addEventListener('click', onClick);
  table.addEventListener('focusout', onBlur);
  window.addEventListener('keydown', onKey, { capture: true });
  return { detach() { window.removeEventListener('keydown', onKey, { capture: true }); } };
}
