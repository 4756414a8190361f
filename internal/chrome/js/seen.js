'use strict';
// Whether a person can see something, and if not, why. The walk (look.js) keeps
// what is inherited in a "sight"; here is what one element adds to it, and what
// its place on the page says. Nothing is written, so layout is computed once.
((o) => {
  const faint = 0.05;
  const least = 2; // CSS pixels in either direction

  // A sight: why everything inside is hidden (''), the opacity so far, whether
  // this very element's visibility hides it, the boxes that clip it, whether it
  // is fixed to the viewport.
  o.clearSight = { why: '', opacity: 1, invisible: false, clips: null, fixed: false, display: 'block', aria: false, inert: false };

  o.hide = (sight, why) => ({ ...sight, why, inside: why });

  const clipsAway = (style, position) => {
    const path = style.clipPath;
    if (path !== 'none' && (/^(inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(0|ellipse\(0|polygon\(\s*0(?:px|%)? 0(?:px|%)?(?:, 0(?:px|%)? 0(?:px|%)?)*\))/.test(path))) return true;
    if (position !== 'absolute' && position !== 'fixed') return false;
    const rect = /^rect\((-?[\d.]+)px,? (-?[\d.]+)px,? (-?[\d.]+)px,? (-?[\d.]+)px\)$/.exec(style.clip);
    return rect !== null && (rect[3] - rect[1] < least || rect[2] - rect[4] < least);
  };

  // An absolutely placed element is clipped only by what holds its containing
  // block (CSS 2.2 §11.1.1); offsetParent is that block.
  const escaping = (el, clips) => {
    const block = el.offsetParent ?? null;
    let kept = clips;
    while (kept !== null && (block === null || !o.within(block, kept.el))) kept = kept.outer;
    return kept;
  };

  o.sight = (el, tag, before) => {
    if (before.why === 'display') return before;
    const style = getComputedStyle(el);
    const display = style.display;
    if (display === 'none' || display === '') return { ...o.hide(before, 'display'), display };
    const position = style.position;
    const own = style.opacity;
    const opacity = own === '1' ? before.opacity : before.opacity * own;
    const overflow = style.overflowX;
    let { why, clips, fixed } = before;
    if (why === '' && opacity < faint) why = 'opacity';
    if (position === 'fixed') [clips, fixed] = [null, true];
    else if (position === 'absolute' && clips !== null) clips = escaping(el, clips);
    if (why === '' && clipsAway(style, position)) why = 'clipped';
    if (overflow !== 'visible' && tag !== 'html' && tag !== 'body' && display !== 'inline') {
      clips = { el, outer: clips, scrolls: overflow === 'auto' || overflow === 'scroll', rect: null };
    }
    // What is inside a skipped subtree has no boxes (CSS Containment §4.4).
    const inside = style.contentVisibility === 'hidden' ? 'display' : why;
    return {
      why, inside, opacity, clips, fixed, display, position,
      invisible: style.visibility !== 'visible',
      mute: before.mute === true,
      aria: before.aria || o.attr(el, 'aria-hidden') === 'true',
      inert: before.inert || o.has(el, 'inert'),
    };
  };

  const small = (r) => r.right - r.left < least || r.bottom - r.top < least;
  const cut = (r, by) => ({
    left: Math.max(r.left, by.left), top: Math.max(r.top, by.top),
    right: Math.min(r.right, by.right), bottom: Math.min(r.bottom, by.bottom),
  });
  // Scrolling goes only one way from where a box begins, the other way when it
  // is written from right to left.
  const before = (r, by, el) => {
    const x = el.scrollLeft;
    const y = el.scrollTop;
    if (r.bottom + y <= by.top) return true;
    return x < 0 || getComputedStyle(el).direction === 'rtl' ? false : r.right + x <= by.left;
  };

  // Why a rectangle of the viewport cannot be seen, whatever is scrolled.
  o.placed = (rect, sight) => {
    if (small(rect)) return 'size';
    let r = rect;
    for (let c = sight.clips; c !== null; c = c.outer) {
      c.rect ??= o.box(c.el);
      const part = cut(r, c.rect);
      if (!small(part)) r = part;
      else if (!c.scrolls) return 'clipped';
      else if (before(r, c.rect, c.el)) return 'offscreen';
      else r = c.rect;
      if (small(r)) return 'clipped';
    }
    return reachable(r, sight.fixed) ? '' : 'offscreen';
  };
  // The part of a rectangle that is in view now, null when none is.
  o.inView = (rect, sight) => {
    let r = cut(rect, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let c = sight.clips; c !== null && !small(r); c = c.outer) r = cut(r, (c.rect ??= o.box(c.el)));
    return small(r) ? null : r;
  };
  // How far the page reaches, measured once a reading: each question would be
  // another layout check.
  let reach = null;
  o.measure = () => {
    const page = document.scrollingElement ?? o.html(document); // null: nothing is parsed yet
    const leftward = scrollX < 0 || (page !== null && getComputedStyle(page).direction === 'rtl');
    reach = {
      left: -scrollX, top: -scrollY, leftward, w: innerWidth, h: innerHeight,
      right: Math.max(page?.scrollWidth ?? 0, innerWidth) - scrollX, bottom: Math.max(page?.scrollHeight ?? 0, innerHeight) - scrollY,
    };
  };
  const reachable = (r, fixed) => {
    if (fixed) return r.right > 0 && r.bottom > 0 && r.left < reach.w && r.top < reach.h;
    if (r.bottom <= reach.top || r.top >= reach.bottom) return false;
    return reach.leftward || (r.right > reach.left && r.left < reach.right);
  };

  // The rectangle a person would point at: an element's own, or, where it has
  // none (display: contents, a link around floats), that of what is in it.
  o.extent = (el) => {
    const own = o.box(el);
    if (!small(own)) return own;
    let all = null;
    const add = (r) => {
      if (small(r)) return;
      all = all === null
        ? { left: r.left, top: r.top, right: r.right, bottom: r.bottom }
        : { left: Math.min(all.left, r.left), top: Math.min(all.top, r.top), right: Math.max(all.right, r.right), bottom: Math.max(all.bottom, r.bottom) };
    };
    const clipped = getComputedStyle(el).overflowX !== 'visible';
    if (!clipped) inside(el, add, 0);
    return all ?? own;
  };
  const range = document.createRange();
  o.textBox = (node) => {
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const inside = (el, add, depth) => {
    if (depth > 8) return;
    for (const child of o.children(el)) {
      if (child.nodeType === Node.TEXT_NODE) add(o.textBox(child));
      else if (o.isElement(child)) {
        const r = o.box(child);
        add(r);
        if (small(r)) inside(child, add, depth + 1);
      }
    }
  };
})(globalThis.opposer);
