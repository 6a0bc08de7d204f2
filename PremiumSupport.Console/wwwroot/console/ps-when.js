// <ps-when data-at="…">: an instant in the viewer's own zone; the title says the day, the zone and UTC.
// data-form: "since" 1:05, how long ago, ticking · "clock" 15:02 (default) · "seconds" 15:02:32 · "date" 28 Feb 2027 · "zone" the time now in data-zone, ticking · "place" the viewer's zone by its city

import { instant, when } from '../shared/sla-time.js';
import { now, onTick } from './clock.js';

const FULL = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
const clocks = new Set();
onTick(() => { for (const clock of clocks) clock.show(); });

class PsWhen extends HTMLElement {
  static observedAttributes = ['data-at', 'data-form', 'data-zone'];

  connectedCallback() { this.show(); if (this.dataset.form === 'zone' || this.dataset.form === 'since') clocks.add(this); }

  disconnectedCallback() { clocks.delete(this); }

  attributeChangedCallback() { if (this.isConnected) this.show(); }

  show() {
    const form = this.dataset.form;
    if (form === 'place') { this.textContent = city(); return; }
    const at = form === 'zone' ? now() : instant(this.dataset.at);
    if (at === null) { this.textContent = ''; return; }
    const text = form === 'date'
      ? new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
      : form === 'since' ? since(Math.max(0, now() - at))
      : form === 'zone' ? clockIn(this.dataset.zone, at)
      : when(at, now(), { seconds: form === 'seconds' });
    if (this.textContent !== text) this.textContent = text;
    if (form !== 'zone') this.title = `${FULL.format(at)} · ${new Date(at).toISOString()}`;
  }
}

const city = () => (Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC').split('/').pop().replaceAll('_', ' ');

// 1:05, 1:02:05
function since(ms) {
  const seconds = Math.floor(ms / 1000), two = n => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function clockIn(zone, at) {
  try { return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone || undefined }).format(at); }
  catch { return ''; }
}

customElements.define('ps-when', PsWhen);
