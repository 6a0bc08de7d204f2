// <sla-horizon data-dues="+2 1198:1795530752:1795530302:gc …">: the next hour as a ruler with every deadline on it. Each due is number, due and risk
// in seconds, and flags g(uaranteed), t(arget), c(ritical); +n counts what is overdue for longer. It shows from ten minutes ago to sixty-two
// minutes ahead; the ruler slides under a needle that stands still.

import { now, onTick } from './clock.js';

const MINUTE = 60_000, BEHIND = 10 * MINUTE, SPAN = 72 * MINUTE;
const all = new Set();
onTick(at => { for (const horizon of all) horizon.draw(at); });
const hhmm = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

class SlaHorizon extends HTMLElement {
  static observedAttributes = ['data-dues'];

  connectedCallback() {
    this.setAttribute('role', 'img');
    all.add(this);
    this.load();
    this.watch = new ResizeObserver(() => { this.laidOut = 0; this.draw(now()); });
    this.watch.observe(this);
  }

  disconnectedCallback() { all.delete(this); this.watch.disconnect(); }

  attributeChangedCallback() { if (this.isConnected && this.sheet) this.load(); }

  load() {
    const parts = (this.dataset.dues || '').split(' ').filter(Boolean);
    this.earlier = Number(parts.find(part => part.startsWith('+'))?.slice(1)) || 0;
    this.dues = parts.filter(part => !part.startsWith('+')).map(part => {
      const [n, due, risk, flags = ''] = part.split(':');
      return { n, due: due * 1000, risk: risk * 1000, kind: flags.includes('t') ? 'target' : 'guaranteed', critical: flags.includes('c') };
    });
    this.dues.sort((a, b) => a.due - b.due);
    this.laidOut = 0;
    this.draw(now());
  }

  // The sheet is laid out once a minute around its own origin; each second only its transform changes.
  draw(at) {
    if (at - (this.laidOut ?? 0) > MINUTE || this.crossed <= at) this.lay(at);
    const width = this.clientWidth || 1;
    this.sheet.style.transform = `translateX(${(-(at - this.laidOut) / SPAN * width).toFixed(2)}px)`;
  }

  lay(at) {
    this.laidOut = at;
    const from = at - BEHIND;
    const x = t => `${((t - from) / SPAN * 100).toFixed(3)}%`;
    const part = (className, left, text) => {
      const span = document.createElement('span');
      span.className = className;
      if (left !== undefined) span.style.insetInlineStart = left;
      if (text) span.textContent = text;
      return span;
    };
    const sheet = part('sheet');
    for (let t = Math.ceil(from / (5 * MINUTE)) * 5 * MINUTE; t < from + SPAN + 2 * MINUTE; t += 5 * MINUTE) {
      const major = t % (15 * MINUTE) === 0;
      sheet.append(part(major ? 'tick major' : 'tick', x(t)));
      if (major) sheet.append(part('lab', x(t), hhmm.format(t)));
    }

    const room = 34 / (this.clientWidth || 800) * SPAN;
    const overdue = this.earlier + this.dues.filter(d => d.due < from).length;
    const seen = this.dues.filter(d => d.due >= from && d.due < from + SPAN);
    const next = seen.find(d => d.due >= at);
    let last = -Infinity;
    this.crossed = Infinity;
    for (const d of seen) {
      const state = at > d.due ? 'breached' : at >= d.risk ? 'at-risk' : 'on-track';
      if (state === 'on-track' && d.risk > at) this.crossed = Math.min(this.crossed, d.risk);
      if (state !== 'breached') this.crossed = Math.min(this.crossed, d.due + 1);
      const dot = part(`due${d.kind === 'target' ? ' target' : ''}${d.critical ? ' critical' : ''}`, x(d.due));
      dot.dataset.look = state;
      dot.title = `${d.n}, due ${hhmm.format(d.due)}`;
      sheet.append(dot);
      // Names stand apart by the width of one; the next one always has its name.
      const crowded = d.due - last <= room || (next && d !== next && Math.abs(d.due - next.due) <= room);
      if (d === next || !crowded) {
        sheet.append(part(d === next ? 'name next' : 'name', x(d.due), String(d.n)));
        last = d.due;
      }
    }

    const past = part('past');
    past.style.inlineSize = `${BEHIND / SPAN * 100}%`;
    const needle = part('needle', `${BEHIND / SPAN * 100}%`);
    this.sheet = sheet;
    const parts = [past, part('base'), needle, sheet];
    if (overdue) parts.push(part('earlier', undefined, `${overdue} earlier`));
    this.replaceChildren(...parts);
    this.tidy();
    const late = this.earlier + this.dues.filter(d => d.due < at).length;
    const ahead = seen.filter(d => d.due >= at).map(d => hhmm.format(d.due));
    this.setAttribute('aria-label', `The next hour: ${late ? `${late} overdue; ` : ''}${ahead.length ? `due at ${ahead.slice(0, 12).join(', ')}${ahead.length > 12 ? ` and ${ahead.length - 12} more` : ''}` : 'nothing falls due'}`);
  }

  // What could be read by half only is left out: a name over the edge, an hour below the number of those that are overdue for longer.
  tidy() {
    const said = this.querySelector('.earlier'), edge = said ? said.offsetLeft + said.offsetWidth : 0;
    for (const name of this.sheet.querySelectorAll('.name')) if (name.offsetLeft < name.offsetWidth / 2) name.style.visibility = 'hidden';
    for (const hour of this.sheet.querySelectorAll('.lab')) if (hour.offsetLeft < edge) hour.style.visibility = 'hidden';
  }
}

customElements.define('sla-horizon', SlaHorizon);
