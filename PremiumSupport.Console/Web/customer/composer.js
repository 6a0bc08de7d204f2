// Where a chat message is written. What stands in it outlives a reload, and it says when somebody types and when they stopped.
import { h, icon } from './dom.js';
import { draft, keepDraft } from './drafts.js';
import { fileBox } from './files.js';
import { t } from './texts.js';

const TYPING_EVERY = 3000, PAUSE = 4000, TALLEST = 160;

/** @param {{ sent(body: string, files: ReturnType<typeof fileBox>['kept']): void, typing(isTyping: boolean): void }} on */
export function chatComposer(on) {
  const input = h('textarea', { id: 'message', name: 'body', rows: 1, maxlength: 100000, testid: 'chat-input', 'aria-label': t('chat.message'), placeholder: t('chat.placeholder'), autocomplete: 'off' });
  const send = h('button', { type: 'submit', class: 'icon-button primary', testid: 'chat-send', 'aria-label': t('chat.send') }, icon('send'));
  const files = fileBox('chat');
  const form = h('form', { class: 'chat-form' }, files.list, h('div', { class: 'chat-box' }, files.button, input, send));
  let lastTyped = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  function stopped() {
    clearTimeout(pause);
    lastTyped = 0;
    on.typing(false);
  }

  function grow() {
    input.style.blockSize = 'auto';
    input.style.blockSize = `${Math.min(input.scrollHeight, TALLEST)}px`;
  }

  function empty() {
    input.value = '';
    draft.drop('chat');
    grow();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    const body = input.value.trim();
    if (!files.ready()) return;
    const kept = files.kept;
    if (body || kept.length) {
      files.clear();
      empty();
      on.sent(body, kept);
      stopped();
    }
    input.focus();
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  input.addEventListener('input', () => {
    grow();
    if (!input.value) return;
    clearTimeout(pause);
    pause = setTimeout(stopped, PAUSE);
    if (Date.now() - lastTyped < TYPING_EVERY) return;
    lastTyped = Date.now();
    on.typing(true);
  });

  return {
    form,
    focus: () => input.focus(),
    /** Begins once it stands in the page: files may be pasted and dropped anywhere on it. @param {HTMLElement} panel */
    listen(panel) {
      keepDraft(form, 'chat');
      files.listen(panel);
      grow();
    },
    /** @param {string} text */
    write(text) {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.focus();
    },
    /** What stands there, which no longer does. */
    take() {
      const words = input.value.trim();
      empty();
      return words;
    },
  };
}
