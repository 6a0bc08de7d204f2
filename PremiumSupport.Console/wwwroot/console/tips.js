// What explains a figure covers others while it is shown: Escape takes it away until the pointer or the focus moves on (WCAG 1.4.13).
const root = document.documentElement;
const shown = '.formula:hover > .tip, .tile:hover > .tip, .tile:focus-visible > .tip, .formula-mark:focus-visible + .tip';
const forget = () => delete root.dataset.noTips;

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && root.dataset.noTips === undefined && document.querySelector(shown)) {
    root.dataset.noTips = '';
    event.stopImmediatePropagation();
    event.preventDefault();
    document.addEventListener('pointerover', forget, { once: true });
    document.addEventListener('focusin', forget, { once: true });
  }
}, true);
