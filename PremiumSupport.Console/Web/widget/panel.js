// The dialog with the frame in it. Beside the page on a wide screen, over it on a small one, where the page behind is out of reach.
import { help } from './words.js';

/** @param {{ onLoad: () => void, onCancel: () => void }} told */
export function makePanel({ onLoad, onCancel }) {
  const dialog = document.createElement('dialog'), frame = document.createElement('iframe');
  const small = matchMedia('(max-width: 639.98px)');
  dialog.id = 'premium-support-dialog';
  frame.setAttribute('allow', 'clipboard-write');
  frame.addEventListener('load', onLoad);
  dialog.append(frame);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    onCancel();
  });

  function open() {
    if (small.matches) dialog.showModal();
    else dialog.show();
    frame.focus();
  }

  function fit() {
    if (!dialog.open) return;
    dialog.close();
    open();
  }
  small.addEventListener('change', fit);

  return {
    frame,
    get isOpen() { return dialog.open; },
    /** Loads a page of ours. The frame has its address before it is in the document: an empty one would load first and be greeted for nothing. @param {URL} address @param {string} language */
    load(address, language) {
      dialog.setAttribute('aria-label', help(language));
      frame.title = help(language);
      frame.lang = language;
      frame.src = address.href;
      if (!dialog.isConnected) document.body.append(dialog);
    },
    open,
    /** Closes. The focus goes back to where it came from; a dialog that nobody's focus opened leaves it on the fallback. @param {HTMLElement} fallback */
    close(fallback) {
      const inside = document.activeElement === frame;
      dialog.close();
      if (inside && (document.activeElement === document.body || document.activeElement === null)) fallback.focus();
    },
    remove() {
      small.removeEventListener('change', fit);
      dialog.remove();
    },
  };
}
