'use strict';
// Waiting until an element can be acted on as a person would: attached, seen,
// enabled, writable where it is to be written, in view, still, and what a press
// at the point found would reach. Says why it waits.
((o) => {
  // Frames while the tab paints them, a timer otherwise or when a frame is late
  // (a frame far outside the view gets none).
  const tick = (then) => {
    if (document.visibilityState === 'visible') o.frame(then);
    else setTimeout(then, 16);
  };

  const tell = {
    display: 'not shown', visibility: 'not shown', opacity: 'transparent', size: 'without size', offscreen: 'out of reach',
    clipped: 'cut off', 'aria-hidden': 'not shown', inert: 'disabled', covered: 'covered',
  };

  // A page that renders again puts a new element in the place of the one that
  // was read. It is taken only if exactly one that can be seen has the same
  // role, name, kind and address.
  const patience = 1000; // ms that a page may be without it while it renders
  const same = ['tag', 'type', 'nameAttr', 'idAttr', 'href', 'role', 'name'];
  const successor = (ref) => {
    const was = o.read.get(ref);
    if (was === undefined) return null;
    const found = o.everywhere(was.tag).filter((el) => {
      const now = { ref: 0, role: o.role(el) };
      if (now.role !== was.role || o.sightOf(el).why !== '') return false;
      o.facts(el, was.tag, now.role, now);
      now.name = o.name(el, { pseudo: 'name' in was });
      return same.every((k) => (now[k] ?? '') === (was[k] ?? ''));
    });
    return found.length === 1 ? found[0] : null;
  };
  o.everywhere = (tag) => {
    const all = [];
    const search = (root) => {
      for (const el of o.query(root, '*')) {
        if (o.tag(el) === tag) all.push(el);
        const inner = o.shadow(el);
        if (inner !== null) search(inner);
      }
    };
    search(document);
    return all;
  };
  o.current = (ref) => {
    const el = o.element(ref);
    return el !== null && o.attached(el) ? el : successor(ref);
  };

  // What is pressed in place of a native box that its label stands for.
  o.face = (el) => {
    o.measure();
    const out = {};
    const sight = o.sightOf(el);
    const box = o.manifest(el, sight, out);
    return { box, hidden: out.hidden ?? '', covered: out.covered ?? '', greyed: out.disabled === true };
  };
  o.target = (el, box) => {
    if (!o.isToggle(el)) return el;
    for (const label of el.labels ?? []) {
      const b = o.extent(label);
      if (b.left === box.left && b.top === box.top) return label;
    }
    return el;
  };

  // Scrolls the page most of a window further down; whether it moved. It waits
  // until the part has been drawn: a page learns by that of what is in view.
  o.further = async () => {
    const page = document.scrollingElement;
    if (page === null) return false;
    const was = page.scrollTop;
    scrollBy({ top: innerHeight * 0.8, behavior: 'instant' });
    for (let i = 0; i < 2; i++) await new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 200); });
    return page.scrollTop > was;
  };

  // Scrolls a frame's element into view where it is not.
  o.bring = (ref) => {
    const el = o.element(ref);
    if (el === null) return;
    const r = o.box(el);
    const tall = r.height > innerHeight;
    if (r.bottom <= 0 || r.top >= innerHeight || !tall && (r.top < 0 || r.bottom > innerHeight)) {
      el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    }
  };
  const bring = (el, turn) => {
    const block = ['center', 'end', 'start', 'nearest'][turn % 4];
    el.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
  };
  const middleIn = (box, part) => {
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    return x >= part.left && x < part.right && y >= part.top && y < part.bottom;
  };
  const equal = (a, b) => a !== null && a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

  const barred = (el, want) => {
    if (o.disabled(el, o.inert(el))) return 'disabled';
    return want.write && o.readOnly(el) ? 'read-only' : '';
  };

  // One look at it: a point, or why not yet.
  const once = (el, want, memory) => {
    const why = barred(el, want);
    if (why !== '') return { why };
    const at = o.face(el);
    if (at.hidden !== '' && at.hidden !== 'covered') return { why: tell[at.hidden] };
    if (at.greyed && !want.write) return { why: 'not open to presses' };
    const aimed = o.target(el, at.box);
    const part = o.inView(at.box, o.sightOf(aimed));
    if (part === null || (memory.turn === 0 && !middleIn(at.box, part))) {
      bring(aimed, memory.turn++);
      memory.box = null;
      return { why: 'out of view' };
    }
    const still = equal(memory.box, at.box);
    memory.box = at.box;
    if (!still) return { why: 'moving' };
    const aim = o.aim(aimed, at.box, part);
    if (aim.point !== null) return { point: aim.point, el, aimed };
    if (memory.covered++ % 8 === 7) {
      bring(aimed, ++memory.turn);
      memory.box = o.face(el).box; // it moved with us, not by itself
    }
    return { why: `covered by ${o.describe(aim.over ?? o.html(document))}` };
  };

  // Waits by id, so that one can be ended and asked why it waits.
  // The last that ended may be asked about too: its answer may be on its way.
  const waits = new Map();
  let last = { id: 0, why: '' };
  o.why = (id) => waits.get(id)?.why ?? (last.id === id ? last.why : '');
  o.stop = (id) => {
    const w = waits.get(id);
    if (w) w.over = true;
  };
  o.until = (want, look) => new Promise((resolve) => {
    const wait = { why: 'not looked at yet', over: false };
    waits.set(want.id, wait);
    const end = performance.now() + want.ms;
    const finish = (result) => {
      waits.delete(want.id);
      last = { id: want.id, why: result.why ?? '' };
      resolve(result);
    };
    const again = () => {
      const found = look();
      if (found.why === undefined || found.stale) finish(found);
      else if (wait.over || performance.now() >= end) finish({ why: found.why, gone: found.gone === true });
      else {
        wait.why = found.why;
        tick(again);
      }
    };
    again();
  });

  // The element that a press is for, until disarm. See guard.js.
  o.act = (name, ref, want) => {
    if (o.document !== name) return { stale: true };
    const memory = { box: null, turn: 0, covered: 0, gone: null };
    return o.until(want, () => {
      const el = o.current(ref);
      if (el === null) {
        memory.gone ??= performance.now();
        return { why: 'gone from the page', gone: true, stale: performance.now() - memory.gone > patience };
      }
      memory.gone = null;
      const found = once(el, want, memory);
      if (found.point === undefined) return found;
      o.chosen = { el: found.el, aimed: found.aimed, ref };
      return { x: found.point.x, y: found.point.y };
    });
  };

  // The element of a number as it is now, for the accessibility tree.
  o.handle = (name, ref) => (o.document === name ? o.current(ref) : null);
  o.called = (el) => ({ role: o.role(el), name: o.name(el), attached: o.attached(el) });

  // A frame's element, when a point inside the frame is to be pressed: its place
  // in this document's viewport, once it is in view and on top.
  o.through = (ref, x, y, want) => {
    const memory = { last: null, turn: 0 };
    return o.until(want, () => {
      const el = o.element(ref);
      if (el === null || !o.attached(el)) return { why: 'in a frame that is gone', gone: true };
      const p = project(el, x, y);
      if (p.x < 0 || p.y < 0 || p.x >= innerWidth || p.y >= innerHeight) {
        if (memory.turn++ % 4 === 0) el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        else scrollBy({ left: p.x - innerWidth / 2, top: p.y - innerHeight / 2, behavior: 'instant' });
        memory.last = null;
        return { why: 'in a frame out of view' };
      }
      const still = memory.last !== null && memory.last.x === p.x && memory.last.y === p.y;
      memory.last = p;
      if (!still) return { why: 'in a frame that moves' };
      const hit = o.hitAt(p.x, p.y);
      return hit === el ? p : { why: `in a frame covered by ${o.describe(hit ?? o.html(document))}` };
    });
  };
  const project = (el, x, y) => {
    const r = o.box(el);
    const style = getComputedStyle(el);
    const scaleX = el.offsetWidth > 0 ? r.width / el.offsetWidth : 1;
    const scaleY = el.offsetHeight > 0 ? r.height / el.offsetHeight : 1;
    return {
      x: r.left + (el.clientLeft + Number.parseFloat(style.paddingLeft) + x) * scaleX,
      y: r.top + (el.clientTop + Number.parseFloat(style.paddingTop) + y) * scaleY,
    };
  };
})(globalThis.opposer);
