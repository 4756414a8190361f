'use strict';
// Closed shadow roots. A script cannot see them; the debugger can, at a price
// for each element asked. So only those are asked that may be a host (DOM
// attachShadow: custom elements and eighteen others) and look like one, and
// again only when their outside changed.
((o) => {
  const hosts = new Set(['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'main', 'nav', 'p', 'section', 'span']);
  const asked = new WeakMap();

  // A host's own children have no place in the flat tree: without a slot their
  // display is the empty string. One whose only child is text is told by that
  // text having no box (see text.js).
  const bare = (el) => {
    const first = o.first(el);
    if (first === null) return true;
    const child = o.isElement(first) ? first : o.next(first);
    return child !== null && o.isElement(child) && getComputedStyle(child).display === '';
  };
  o.mayHost = (el, tag) => {
    if (tag.includes('-')) return ask(el, o.box(el));
    if (!hosts.has(tag) || !bare(el)) return false;
    const box = o.box(el);
    return box.width >= 2 && box.height >= 2 && ask(el, box);
  };
  o.unrendered = (text) => {
    const el = o.up(text);
    return o.isElement(el) && hosts.has(o.tag(el)) && o.shadow(el) === null && ask(el, o.box(el));
  };
  const ask = (el, box) => {
    const looks = `${Math.round(box.width)}x${Math.round(box.height)}`;
    if (asked.get(el) === looks) return false;
    asked.set(el, looks);
    return true;
  };

  o.adopt = (host, root) => {
    o.closed.set(host, root);
    o.watchRoot(root);
  };
})(globalThis.opposer);
