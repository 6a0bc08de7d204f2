// Forms that open inside a page: Escape closes the innermost of them and nothing else, by the form's own button (data-escape). However it is closed, the focus goes back to what opened it,
// whose id that button names; what was written is kept as that button keeps it.

const BOX = 'form, [role="group"], [role="alert"], section, li';
const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
const isThere = element => element.checkVisibility?.() ?? true;

/** True when this press of Escape closed something. */
export function closeInline(event) {
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], .mud-popover-open, [popover="auto"]:popover-open')) return false;
  const open = [...document.querySelectorAll('[data-escape]')].filter(isThere);
  // The one that somebody is in; whoever types elsewhere means what they type in, and from anywhere else the last one goes first.
  const button = open.findLast(one => one.closest(BOX)?.contains(event.target)) ?? (event.target.matches?.(TEXT) ? undefined : open.at(-1));
  if (!button) return false;
  // A field tells what is in it when it is left.
  if (button.closest(BOX)?.contains(document.activeElement)) document.activeElement.blur();
  button.click();
  return true;
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-escape]'), opener = button?.dataset.escape;
  if (!opener) return;
  const isGone = () => !button.isConnected || !button.hasAttribute('data-escape');
  const watch = new MutationObserver(() => {
    if (!isGone()) return;
    watch.disconnect();
    const hasFocus = document.activeElement && document.activeElement !== document.body;
    if (!hasFocus) document.getElementById(opener)?.focus({ preventScroll: true });
  });
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-escape'] });
});
