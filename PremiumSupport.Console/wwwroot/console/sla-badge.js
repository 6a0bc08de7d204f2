// <sla-badge>: time left on one promise, drawn and kept current by the browser. The server sends instants once; nothing goes over the circuit
// while time passes. The element owns what is inside it, so a render on the server never patches it.
//
// data-metric data-commitment data-start data-risk data-due data-answered data-breached data-open data-exceptions data-waiting data-merged data-calendar data-zone
// class: none (badge of fixed width), "auto" (as wide as its sentence), "big" (countdown of an open ticket), "plain" (text alone).
// In a queue row it also keeps data-state of the row and fills the row's [data-below].

import { consumed, describe, instant, spans } from '../shared/sla-time.js';
import { now, onTick } from './clock.js';

const ICONS = {
  'on-track': 'clock', 'at-risk': 'risk', breached: 'flame', paused: 'pause', closed: 'moon', met: 'check', late: 'check', none: 'dots',
};
const SVG = 'http://www.w3.org/2000/svg';
const live = new Set();
onTick(at => { for (const badge of live) badge.show(at); });

class SlaBadge extends HTMLElement {
  static observedAttributes = ['data-due', 'data-start', 'data-risk', 'data-answered', 'data-breached', 'data-open', 'data-exceptions', 'data-waiting', 'data-merged', 'data-commitment', 'data-metric', 'data-calendar', 'data-zone', 'data-look'];

  connectedCallback() {
    this.build();
    live.add(this);
    this.show(now());
  }

  disconnectedCallback() {
    live.delete(this);
  }

  attributeChangedCallback(name, before, value) {
    // Its own turning calls back here, too.
    if (name === 'data-look' && value === this.look) return;
    this.facts = null;
    this.settled = null;
    if (!this.isConnected || !this.words || this.queued) return;
    // A render changes several attributes in a row: one drawing for all of them.
    this.queued = true;
    queueMicrotask(() => { this.queued = false; if (this.isConnected) this.show(now()); });
  }

  build() {
    if (this.words) return;
    this.replaceChildren();
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('class', 'i');
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.setAttribute('aria-hidden', 'true');
    this.icon = icon.appendChild(document.createElementNS(SVG, 'use'));
    this.words = document.createElement('span');
    const burn = document.createElement('span');
    burn.className = 'burn';
    this.burn = burn.appendChild(document.createElement('i'));
    this.append(icon, this.words, burn);
  }

  read() {
    const data = this.dataset;
    return {
      metric: data.metric, commitment: data.commitment, calendar: data.calendar,
      start: instant(data.start), risk: instant(data.risk), due: instant(data.due),
      answered: instant(data.answered), breached: instant(data.breached), open: spans(data.open),
      exceptions: spans(data.exceptions), waiting: instant(data.waiting), merged: instant(data.merged),
    };
  }

  show(at) {
    this.facts ??= this.read();
    // What is settled never changes again: nothing to do on a tick.
    if (this.settled && this.settled === this.facts) return;
    const said = describe(this.facts, at, { zone: this.dataset.zone });
    const inRow = this.hasAttribute('data-column');
    const text = this.classList.contains('auto') || this.classList.contains('plain') ? said.text : said.main;
    if (this.words.textContent !== text) this.words.textContent = text;
    if (this.getAttribute('aria-label') !== said.label) {
      this.setAttribute('aria-label', said.label);
      // Where a card opens, the browser's own hint would lie over it.
      if (!this.dataset.card) this.title = said.label;
    }
    // A render may say the look a moment before or after this clock does; words, icon and colour turn together.
    if (this.look !== said.look || this.dataset.look !== said.look) this.turn(said);
    this.burn.style.setProperty('--p', consumed(this.facts, at).toFixed(4));
    if (inRow) this.row(said);
    this.settled = said.look === 'met' || said.look === 'late' || said.look === 'none' ? this.facts : null;
  }

  turn(said) {
    this.look = said.look;
    if (this.dataset.look !== said.look) this.dataset.look = said.look;
    if (this.dataset.state !== said.state) this.dataset.state = said.state;
    this.icon.setAttribute('href', `#i-${ICONS[said.look]}`);
    const ticking = said.look === 'on-track' || said.look === 'at-risk' || said.look === 'breached';
    this.setAttribute('role', ticking ? 'timer' : 'img');
    // A timer would otherwise be read out every second.
    this.setAttribute('aria-live', 'off');
  }

  row(said) {
    const row = this.closest('[data-testid="queue-row"]');
    if (!row) return;
    if (row.dataset.state !== said.state) {
      if (said.state === 'breached' && row.dataset.state === 'at-risk') flash(row);
      row.dataset.state = said.state;
    }
    const below = row.querySelector('[data-below]');
    if (below && below.textContent !== said.below) below.textContent = said.below;
  }
}

/** A promise broke just now: its row's ground flashes once. */
function flash(row) {
  row.classList.add('just-breached');
  row.addEventListener('animationend', () => row.classList.remove('just-breached'), { once: true });
}

customElements.define('sla-badge', SlaBadge);
