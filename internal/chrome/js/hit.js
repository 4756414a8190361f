'use strict';
// What a press at a point would reach, and what lies on top.
((o) => {
  // The innermost element at a point, through shadow roots of either kind.
  o.hitAt = (x, y) => {
    let hit = o.at(document, x, y);
    for (let depth = 0; hit !== null && depth < 32; depth++) {
      const root = o.shadow(hit);
      const inner = root === null ? null : o.at(root, x, y);
      if (inner === null || inner === hit || o.rootOf(inner) !== root) break;
      hit = inner;
    }
    return hit;
  };

  // The element at a point, where it holds a frame; and where that one says
  // that its document comes from.
  o.frameAt = (x, y) => {
    const hit = o.hitAt(x, y);
    return hit !== null && ['iframe', 'frame', 'object', 'embed', 'fencedframe'].includes(o.tag(hit)) ? hit : null;
  };
  o.frameAddress = (el) => {
    const address = o.attr(el, o.tag(el) === 'object' ? 'data' : 'src');
    return address !== null && URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).href : '';
  };

  // Whether a press on what was hit acts on the element: on itself, on something
  // in it, or on its label.
  o.reaches = (hit, el) => {
    if (hit === null) return false;
    if (o.within(hit, el)) return true;
    for (const label of o.isElement(el) && el.labels ? el.labels : []) {
      if (o.within(hit, label) && !otherControl(hit, label, el)) return true;
    }
    return false;
  };
  const otherControl = (hit, label, el) => {
    for (let n = hit; n !== null && n !== label; n = o.parent(n)) {
      if (n !== el && o.isElement(n) && o.matches(n, 'a[href],button,input,select,textarea,[contenteditable],[role=button],[role=link]')) return true;
    }
    return false;
  };

  const middle = (r) => ({ x: (r.left + r.right) / 2, y: (r.top + r.bottom) / 2 });

  // Points to try in the part of the element that is in view: the centre of the
  // whole, that of the part, the middle of each line box (a link that wraps has
  // no centre of its own), the quarters.
  const points = (el, box, part) => {
    const list = [middle(box), middle(part)];
    for (const r of [...o.boxes(el)].slice(0, 8)) if (r.width >= 2 && r.height >= 2) list.push(middle(r));
    const dx = (part.right - part.left) / 4;
    const dy = (part.bottom - part.top) / 4;
    for (const [i, j] of [[1, 2], [3, 2], [2, 1], [2, 3]]) list.push({ x: part.left + i * dx, y: part.top + j * dy });
    return list.filter((p) => p.x >= part.left && p.x < part.right && p.y >= part.top && p.y < part.bottom);
  };

  // The first point that reaches the element; else what is there instead.
  o.aim = (el, box, part) => {
    let over = null;
    for (const p of points(el, box, part)) {
      const hit = o.hitAt(p.x, p.y);
      if (o.reaches(hit, el)) return { point: p, over: null };
      over ??= hit;
    }
    return { point: null, over };
  };

  // Whether what covers it will go: a dialog, a banner, a layer. Two things of
  // the flow that overlap will stay as they are.
  o.coversForGood = (over, el) => {
    if (over === null || o.within(el, over)) return el !== over && buried(el, over);
    for (let n = over; n !== null && o.isElement(n) && !o.within(el, n); n = o.parent(n)) {
      if (o.matches(n, 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true],[popover]')) return false;
      const position = getComputedStyle(n).position;
      if (position === 'fixed' || position === 'sticky' || position === 'absolute') return false;
    }
    return true;
  };
  // Behind its own ancestor: pushed there by a negative z-index.
  const buried = (el, over) => {
    for (let n = el; n !== null && n !== over; n = o.parent(n)) {
      if (o.isElement(n) && Number(getComputedStyle(n).zIndex) < 0) return true;
    }
    return false;
  };

  // In words, without the page's: a person reads why the program waits.
  o.describe = (el) => {
    for (let n = el; n !== null && o.isElement(n); n = o.parent(n)) {
      if (o.matches(n, 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]')) return 'a dialog';
    }
    for (let n = el; n !== null && o.isElement(n); n = o.parent(n)) {
      const position = getComputedStyle(n).position;
      if (position === 'fixed' || position === 'sticky') return 'a banner';
      if (position === 'absolute') return 'a layer';
    }
    return 'another element';
  };
})(globalThis.opposer);
