// A long list of which only the visible rows are elements. It asks for more entries near its end.

import {h, replace} from './dom.js';

const ROW = 46;
const BEYOND = 12;

export class VirtualList {
  /**
   * columns: labels, for readers; render(entry): the row's cells; more(): a promise of further
   * entries, or null when there are none.
   */
  constructor({label, columns, render, more}) {
    this.render = render;
    this.more = more;
    this.entries = [];
    this.rows = new Map();
    this.asking = false;
    this.space = h('div', {class: 'list-space', role: 'rowgroup'});
    this.head = h('div', {class: 'list-row list-head', role: 'row'}, columns.map(it => h('div', {role: 'columnheader'}, it)));
    this.scroller = h('div', {class: 'list-scroll', onscroll: () => this.draw()}, this.space);
    this.element = h('div', {class: 'list', role: 'table', 'aria-label': label}, h('div', {role: 'rowgroup'}, this.head), this.scroller);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.scroller);
  }

  set(entries) {
    this.entries = entries;
    this.redraw();
  }

  redraw() {
    this.rows.clear();
    replace(this.space);
    this.draw();
  }

  /** Draws the visible rows anew, and leaves others that are drawn already. */
  draw() {
    const top = this.scroller.scrollTop;
    const height = Math.max(this.scroller.clientHeight, innerHeight);
    const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
    const last = Math.min(this.entries.length, Math.ceil((top + height) / ROW) + BEYOND);
    this.space.style.height = `${this.entries.length * ROW}px`;
    this.element.setAttribute('aria-rowcount', String(this.entries.length + 1));
    for (const [index, row] of this.rows) {
      if ((index < first || index >= last) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(index);
      }
    }
    for (let index = first; index < last; index += 1) {
      if (!this.rows.has(index)) {
        this.rows.set(index, this.add(index));
      }
    }
    if (last >= this.entries.length - BEYOND) {
      this.ask();
    }
  }

  add(index) {
    const row = h('div', {class: 'list-row', role: 'row', 'aria-rowindex': index + 2},
      this.render(this.entries[index]).map(cell => h('div', {role: 'cell'}, cell)));
    row.style.top = `${index * ROW}px`;
    this.space.append(row);
    return row;
  }

  async ask() {
    if (this.asking) {
      return;
    }
    this.asking = true;
    const further = await this.more();
    this.asking = false;
    if (further) {
      this.entries = this.entries.concat(further);
      this.draw();
    }
  }
}
