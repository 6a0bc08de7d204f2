// <ps-when data-at="…">: an instant in the viewer's own zone; the title says the day, the zone and UTC.
// data-form: "clock" 15:02 (default) · "seconds" 15:02:32 · "date" 28 Feb 2027 · "zone" the time now in data-zone, ticking · "place" the viewer's zone by its city

import { instant, when } from '../shared/sla-time.js';
import { now, onTick } from './clock.js';

const FULL = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
const clocks = new Set();
onTick(() => { for (const clock of clocks) clock.show(); });

class PsWhen extends HTMLElement {
  static observedAttributes = ['data-at', 'data-form', 'data-zone'];

  connectedCallback() { this.show(); if (this.dataset.form === 'zone') clocks.add(this); }

  disconnectedCallback() { clocks.delete(this); }

  attributeChangedCallback() { if (this.isConnected) this.show(); }

  show() {
    const form = this.dataset.form;
    if (form === 'place') { this.textContent = city(); return; }
    const at = form === 'zone' ? now() : instant(this.dataset.at);
    if (at === null) { this.textContent = ''; return; }
    const text = form === 'date'
      ? new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
      : form === 'zone' ? clockIn(this.dataset.zone, at)
      : when(at, now(), { seconds: form === 'seconds' });
    if (this.textContent !== text) this.textContent = text;
    if (form !== 'zone') this.title = `${FULL.format(at)} · ${new Date(at).toISOString()}`;
  }
}

const city = () => (Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC').split('/').pop().replaceAll('_', ' ');

function clockIn(zone, at) {
  try { return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone || undefined }).format(at); }
  catch { return ''; }
}

customElements.define('ps-when', PsWhen);
