'use strict';
// One reading of a document: every thing that can be acted on, visible or not,
// and every visible run of text, in one walk of the flat tree. No write, hence
// one layout at most.
((o) => {
  const skipped = new Set(['script', 'style', 'noscript', 'template', 'head', 'link', 'meta', 'title', 'datalist', 'svg', 'canvas', 'video', 'audio', 'object', 'embed', 'option', 'optgroup']);
  const sections = new Set(['article', 'aside', 'nav', 'section', 'footer', 'dialog']);
  const spoken = new Set(['alert', 'status', 'alertdialog', 'log', 'option', 'tooltip', 'note']);
  const dialogs = new Set(['dialog', 'alertdialog']);
  const special = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'output', 'label', 'legend', 'dialog', 'fieldset']);
  const grouping = new Set(['radiogroup', 'group', 'listbox']);
  const flowing = (display) => display === 'inline' || display === 'contents' || display.startsWith('ruby');
  const deepest = 1500; // levels of nesting; a page beyond is not made for people

  // What a part of the page is, for the text in it.
  const outermost = { role: '', level: 0, dialog: 0, group: null, whole: false };

  class Look {
    constructor() {
      this.blocks = new o.Blocks();
      this.nodes = [];
      this.suspects = [];
      this.dialogs = 0;
      this.pseudo = true;
    }

    walk(el, before, place, depth) {
      if (depth > deepest) return;
      for (const child of o.children(el)) {
        const type = child.nodeType;
        if (type === Node.TEXT_NODE) this.words(child, before, place);
        else if (type === Node.ELEMENT_NODE) this.element(child, before, place, depth);
      }
    }

    words(node, sight, place) {
      if (sight.why === '' && !sight.invisible && !sight.mute) this.blocks.add(node.data, node, sight, place);
    }

    element(el, before, place, depth) {
      const tag = o.tag(el);
      if (skipped.has(tag)) return;
      if (tag === 'br') {
        if (before.why === '') this.blocks.lineBreak();
        return;
      }
      const sight = o.sight(el, tag, before);
      const said = o.has(el, 'role') ? o.explicitRole(el) : '';
      const role = o.role(el);
      if (role === '' && said === '' && flowing(sight.display) && tag !== 'label' && !o.has(el, 'aria-modal')) {
        this.inside(el, sight, place, depth, tag);
        return;
      }
      this.apart(el, { tag, said, role, sight, place, depth });
    }

    // An element that is more than a piece of a sentence.
    apart(el, at) {
      const { tag, sight, place } = at;
      const here = this.placeOf(el, at);
      const entered = here.dialog !== place.dialog;
      const breaks = sight.why !== 'display' && !place.whole && (entered || this.breaks(at));
      const kept = sections.has(tag) || entered ? this.blocks.save() : null;
      if (entered) [this.blocks.headings, this.blocks.ordinal] = [[], 0];
      const aside = breaks && (sight.position === 'absolute' || sight.position === 'fixed');
      const outer = aside ? this.blocks.leave(place) : null;
      if (breaks) this.blocks.flush(here, el);
      else if (!flowing(sight.display)) this.blocks.space();
      this.content(el, at, here);
      if (breaks) this.blocks.flush(place, o.parent(el));
      else if (!flowing(sight.display)) this.blocks.space();
      if (aside) this.blocks.run = outer;
      if (kept !== null) this.blocks.restore(kept);
      if (tag === 'label') this.blocks.byLabel.set(el, this.blocks.list.length - (breaks ? 1 : 0));
    }

    // Whether its text is a block of its own: a box that is no part of a line,
    // and a button or option unless it stands in a sentence.
    breaks({ role, sight }) {
      if (flowing(sight.display)) return false;
      return !sight.display.startsWith('inline') || role === 'button' || role === 'option';
    }

    content(el, { tag, role, sight, depth }, here) {
      const node = role === '' ? null : this.node(el, tag, role, sight, here);
      this.inside(el, sight, here, depth, tag);
      if (node !== null) node.end = this.blocks.list.length;
    }

    inside(el, sight, place, depth, tag) {
      if (tag === 'iframe' || tag === 'select' || tag === 'textarea' || tag === 'input' || tag === 'img') return;
      this.suspect(el, tag, sight);
      const root = o.openRoot(el);
      if (root !== null) o.watchRoot(root);
      let within = sight;
      if (sight.inside !== undefined && sight.inside !== sight.why) within = o.hide(sight, sight.inside);
      if (o.has(el, 'contenteditable') && o.isText(el)) within = { ...within, mute: true };
      if (tag === 'details' && !o.has(el, 'open')) this.closedDetails(el, within, place, depth);
      else this.walk(el, within, place, depth + 1);
    }

    closedDetails(el, sight, place, depth) {
      let summary = null;
      for (const child of o.children(el)) {
        if (!o.isElement(child)) continue;
        const first = summary === null && o.tag(child) === 'summary';
        if (first) summary = child;
        this.element(child, first ? sight : o.hide(sight, 'display'), place, depth + 1);
      }
    }

    placeOf(el, { tag, said, role, place }) {
      const modal = o.attr(el, 'aria-modal') === 'true';
      if (said === '' && role === '' && !special.has(tag) && !modal) return place;
      const level = o.headingLevel(el, tag, said);
      const here = { ...place };
      if (level > 0) [here.role, here.level, here.whole] = ['heading', level, true];
      else if (spoken.has(said)) here.role = said;
      else if (tag === 'output') here.role = 'status';
      else if (role === 'button') [here.role, here.whole] = ['button', true];
      else if ((tag === 'label' || tag === 'legend') && place.role === '') here.role = 'label';
      if (dialogs.has(said) || tag === 'dialog' || modal) here.dialog = ++this.dialogs;
      if (tag === 'fieldset' || grouping.has(said)) here.group = el;
      return here;
    }

    node(el, tag, role, sight, place) {
      const out = { ref: o.ref(el), role };
      const node = { el, out, sight, place, start: this.blocks.list.length, end: 0, labels: el.labels ?? null };
      out.headings = this.blocks.above();
      if (place.dialog > 0) out.dialog = place.dialog;
      o.facts(el, tag, role, out);
      this.nodes.push(node);
      this.blocks.run.waiting.push(node);
      return node;
    }

    // A host of a closed shadow root cannot be told from here, only suspected:
    // an element that may be one and shows nothing of its own.
    suspect(el, tag, sight) {
      if (sight.why === 'display' || o.shadow(el) !== null) return;
      if (o.mayHost(el, tag)) this.suspects.push(el);
    }

    finish() {
      this.blocks.flush(outermost, null);
      this.blocks.finish();
      this.pseudo = this.nodes.length <= 400;
      for (const node of this.nodes) this.complete(node);
    }

    complete({ el, out, sight, place }) {
      const hidden = sight.why === 'display';
      out.name = o.name(el, { pseudo: this.pseudo && !hidden, hidden });
      if (place.group !== null && place.group !== el) out.group = o.groupName(place.group);
      if (o.disabled(el, sight.inert)) out.disabled = true;
      const box = o.manifest(el, sight, out);
      out.box = { x: round(box.left), y: round(box.top), w: round(box.right - box.left), h: round(box.bottom - box.top) };
    }
  }
  const round = (n) => Math.round(n * 100) / 100;

  const why = (el, sight, box) => {
    if (sight.why !== '') return sight.why;
    if (sight.invisible) return 'visibility';
    if (sight.inert) return 'inert';
    if (sight.aria) return 'aria-hidden';
    return o.placed(box, sight);
  };

  // A native box that a style sheet replaces by its label's picture: the label
  // is what a person sees and presses.
  const proxy = (el) => {
    for (const label of el.labels ?? []) {
      const sight = o.sightOf(label);
      const box = o.extent(label);
      if (why(label, sight, box) === '') return { sight, box };
    }
    return null;
  };
  o.sightOf = (el) => {
    const chain = [];
    for (let n = el; n !== null; n = o.parent(n)) if (o.isElement(n)) chain.push(n);
    let sight = o.clearSight;
    for (const n of chain.reverse()) {
      sight = o.sight(n, o.tag(n), sight);
      if (n !== el && sight.inside !== undefined && sight.inside !== sight.why) sight = o.hide(sight, sight.inside);
      if (n !== el && o.tag(n) === 'details' && !o.has(n, 'open') && !o.within(el, n.querySelector(':scope > summary'))) sight = o.hide(sight, 'display');
    }
    return sight;
  };

  // Says in out why a person cannot see or reach it now; gives its rectangle.
  o.manifest = (el, sight, out) => {
    let box = o.extent(el);
    let via = sight;
    let hidden = why(el, sight, box);
    if (hidden !== '' && hidden !== 'inert' && hidden !== 'aria-hidden' && o.isToggle(el)) {
      const label = proxy(el);
      if (label !== null) [box, hidden, via] = [label.box, '', label.sight];
    }
    if (hidden === '') hidden = covered(el, box, { sight: via, out });
    if (hidden !== '') out.hidden = hidden;
    return box;
  };
  // What is out of view cannot be told to be covered.
  const covered = (el, box, { sight, out }) => {
    const part = o.inView(box, sight);
    if (part === null) return '';
    const aim = o.aim(el, box, part);
    if (aim.point !== null) return '';
    if (aim.over !== null && getComputedStyle(el).pointerEvents === 'none') {
      out.disabled = true;
      return '';
    }
    if (o.coversForGood(aim.over, el)) return 'covered';
    out.covered = o.describe(aim.over ?? o.html(document));
    return '';
  };

  o.groupName = (group) => o.name(group) || undefined;

  // What was read of each number, to tell a new element that took its place.
  o.read = new Map();

  // Which element of this document holds which frame, by Chrome's name of the
  // frame; only the debugger knows, and tells.
  const owners = new Map();
  o.own = (el, frame) => {
    owners.set(frame, o.ref(el));
    return o.ref(el);
  };

  // One reading of the document that the caller knows by this name. Suspected
  // hosts are kept for the debugger (see shadow.js).
  o.look = (name) => {
    o.document = name;
    const still = o.watch();
    o.measure();
    const look = new Look();
    const html = o.html(document);
    if (html !== null) look.element(html, o.clearSight, outermost, 0);
    look.finish();
    o.suspects = look.suspects.concat(look.blocks.suspects);
    for (const { out } of look.nodes) o.read.set(out.ref, out);
    return {
      origin: self.origin, url: location.href, title: o.tidy(o.title(document)),
      lang: (html && o.attr(html, 'lang')) ?? '',
      blocks: look.blocks.list, nodes: look.nodes.map((n) => n.out),
      view: { w: innerWidth, h: innerHeight }, owners: Object.fromEntries(owners), suspects: o.suspects.length, still: still && document.readyState === 'complete',
    };
  };
})(globalThis.opposer);
