// The way back from a ticket leads where somebody came from: the same view with its filter, what was searched for, the list behind a figure. A list that is come back to stands where it
// stood; one that is opened otherwise begins at its top.

const FROM = 'ps-came-from';
let isBack = false;

// While the click is still on its way down, so that whoever follows the link afterwards reads where it leads now.
document.addEventListener('click', event => {
  const way = event.target.closest?.('[data-way-back]');
  if (!location.pathname.startsWith('/tickets/')) sessionStorage.setItem(FROM, location.pathname + location.search);
  else if (way) way.href = sessionStorage.getItem(FROM) ?? way.getAttribute('href');
  isBack = Boolean(way);
}, true);

// The browser's own way back.
window.addEventListener('popstate', () => { isBack = true; });

/** True once after somebody went back. */
export function cameBack() {
  const is = isBack;
  isBack = false;
  return is;
}
