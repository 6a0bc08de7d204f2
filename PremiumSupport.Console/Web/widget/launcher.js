// The help icon: a button whose name says what is unread.
import { named } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const ICON = 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM9.600 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.500-1.200 1-1.200 1.900M12 16.600v.01';

function drawing() {
  const svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICON);
  svg.append(path);
  return svg;
}

/** Puts the icon where the page has a place for it, else in the corner. @param {() => void} onClick */
export function addLauncher(onClick) {
  const element = document.createElement('button'), count = document.createElement('span');
  element.type = 'button';
  element.id = 'premium-support-launcher';
  element.dataset.testid = 'help-icon';
  element.setAttribute('aria-haspopup', 'dialog');
  count.setAttribute('aria-hidden', 'true');
  element.append(drawing(), count);
  element.addEventListener('click', onClick);
  const place = document.querySelector('[data-premium-support-launcher]');
  if (!place) element.className = 'loose';
  (place ?? document.body).append(element);

  return {
    element,
    /** @param {string} language @param {number} unread @param {boolean} open */
    draw(language, unread, open) {
      element.setAttribute('aria-label', named(language, unread));
      element.setAttribute('aria-expanded', String(open));
      count.textContent = unread > 99 ? '99+' : String(unread);
      count.hidden = !unread;
    },
  };
}
