'use strict';
// The visible text of a document, as blocks in reading order, and what stands
// above and around a block: headings, paragraphs counted from the last one, the
// dialog, the group.
((o) => {
  // A run of text that is still being read. Things to act on that stand in it
  // wait for its number.
  const open = (place) => ({ parts: [], role: place.role, level: place.level, dialog: place.dialog, place, sight: null, node: null, waiting: [], holder: null });

  o.Blocks = class {
    constructor() {
      this.list = [];
      this.holders = [];
      this.run = open({ role: '', level: 0, dialog: 0 });
      this.headings = [];
      this.ordinal = 0;
      this.byLabel = new WeakMap();
      this.facts = [];
      this.unsettled = [];
      this.suspects = [];
    }

    add(data, node, sight, place) {
      const run = this.run;
      if (run.node === null) {
        if (!/\S/.test(data)) return;
        run.node = node;
        run.sight = sight;
        if (run.role === '' && place.role === 'label') run.role = 'label';
      }
      run.parts.push(data);
    }

    space() {
      if (this.run.node !== null) this.run.parts.push(' ');
    }

    // A line break is a space; two make a new paragraph, as a reader sees it.
    lineBreak() {
      const parts = this.run.parts;
      let i = parts.length - 1;
      while (i >= 0 && parts[i] !== '\n' && /^\s*$/.test(parts[i])) i--;
      if (i >= 0 && parts[i] === '\n') this.flush(this.run.place, this.run.holder);
      else if (this.run.node !== null) parts.push('\n');
    }

    // Begins a run for what stands outside the flow, gives the one it leaves.
    leave(place) {
      const outer = this.run;
      this.run = open(place);
      return outer;
    }

    // Ends the run and begins another.
    flush(place, holder) {
      const run = this.run;
      this.run = open(place);
      this.run.holder = holder;
      let at = -1;
      if (run.node !== null) at = this.emit(run);
      for (const node of run.waiting) this.settle(node, at, run);
    }

    emit(run) {
      const unseen = o.placed(o.textBox(run.node), run.sight);
      if (unseen === 'size' && o.unrendered(run.node)) this.suspects.push(o.up(run.node));
      if (unseen !== '') return -1;
      const text = o.tidy(run.parts.join(''));
      if (text === '') return -1;
      const block = { text };
      if (run.role !== '') block.role = run.role;
      if (run.level > 0) block.level = run.level;
      if (run.dialog > 0) block.dialog = run.dialog;
      const at = this.list.push(block) - 1;
      this.holders.push(run.holder);
      if (run.level > 0) this.heading(run.level, text);
      else if (run.role === '') this.ordinal++;
      this.facts.push({ headings: this.headings, ordinal: run.role === '' ? this.ordinal : 0 });
      return at;
    }

    heading(level, text) {
      this.headings = [{ level, text }, ...this.headings.filter((h) => h.level < level)];
      this.ordinal = 0;
    }

    // A node belongs to the text it stands in; else to the first that stood in
    // it; else to its label's; else to what stands just before it in the same
    // container. The last three are known at the end.
    settle(node, at, run) {
      if (at >= 0) this.belongs(node, at);
      else this.unsettled.push({ node, beside: this.beside(run) });
    }

    beside(run) {
      const last = this.holders.at(-1) ?? null;
      if (last === null || run.holder === null) return -1;
      const container = o.isElement(last) ? o.up(last) : null;
      return last === run.holder || container === run.holder || (container !== null && container === o.up(run.holder)) ? this.list.length - 1 : -1;
    }

    belongs(node, at) {
      node.out.block = at;
      const { ordinal } = this.facts[at];
      if (ordinal > 0) node.out.paragraph = ordinal;
    }

    finish() {
      for (const { node, beside } of this.unsettled) {
        let at = node.end > node.start ? node.start : -1;
        for (const l of node.labels ?? []) if (at < 0) at = this.byLabel.get(l) ?? -1;
        if (at < 0) at = beside;
        if (at >= 0 && at < this.list.length) this.belongs(node, at);
        else node.out.block = -1;
      }
    }

    // What stands above here, nearest first, one a level.
    above() {
      return this.headings.length === 0 ? undefined : this.headings.map((h) => h.text);
    }

    save() {
      return [this.headings, this.ordinal];
    }

    restore([headings, ordinal]) {
      this.headings = headings;
      this.ordinal = ordinal;
    }
  };
})(globalThis.opposer);
