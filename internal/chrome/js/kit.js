'use strict';
// The ground of the other scripts: reading the DOM without being lied to, the
// flat tree (DOM §4.2.2, CSS Scoping §3.1), and numbers that find an element
// again for as long as its document lives.
//
// Every script of ours runs in an isolated world: what the page does to
// prototypes does not reach it. Named properties do, in every world: a form with
// <input name="children"> answers form.children with that input (HTML §4.10.3,
// LegacyOverrideBuiltIns). So the tree is read through the prototypes' getters.
((o) => {
  const getter = (proto, name) => {
    const get = Object.getOwnPropertyDescriptor(proto, name).get;
    return (x) => get.call(x);
  };
  // By call, not apply: these run some ten thousand times a reading.
  const method = (proto, name) => {
    const f = proto[name];
    return (x, a) => f.call(x, a);
  };

  o.first = getter(Node.prototype, 'firstChild');
  o.next = getter(Node.prototype, 'nextSibling');
  o.up = getter(Node.prototype, 'parentNode');
  o.text = getter(Node.prototype, 'textContent');
  o.attached = getter(Node.prototype, 'isConnected');
  o.rootOf = method(Node.prototype, 'getRootNode');
  o.tag = getter(Element.prototype, 'localName');
  o.attr = method(Element.prototype, 'getAttribute');
  o.has = method(Element.prototype, 'hasAttribute');
  o.matches = method(Element.prototype, 'matches');
  o.box = method(Element.prototype, 'getBoundingClientRect');
  o.boxes = method(Element.prototype, 'getClientRects');
  o.html = getter(Document.prototype, 'documentElement');
  o.title = getter(Document.prototype, 'title');
  o.openRoot = getter(Element.prototype, 'shadowRoot');
  o.formAction = getter(HTMLFormElement.prototype, 'action');
  o.query = (root, selector) =>
    (root.nodeType === Node.DOCUMENT_NODE ? Document : DocumentFragment).prototype.querySelectorAll.call(root, selector);
  o.at = (root, x, y) =>
    (root.nodeType === Node.DOCUMENT_NODE ? Document : ShadowRoot).prototype.elementFromPoint.call(root, x, y);

  o.isElement = (x) => x !== null && x !== undefined && x.nodeType === Node.ELEMENT_NODE;
  const untidy = /[\u00ad\u200b\u2060]|[^\S ]| {2}|^ | $/;
  o.tidy = (s) => (!s || !untidy.test(s) ? s || '' : s.replace(/[\u00ad\u200b\u2060]/g, '').replace(/\s+/g, ' ').trim());

  // Closed shadow roots, by host: only the debugger can find them, and gives
  // them to us (see shadow.js).
  o.closed = new WeakMap();
  o.shadow = (el) => o.openRoot(el) ?? o.closed.get(el) ?? null;

  // Children in the flat tree: what is rendered inside an element.
  o.children = function* (el) {
    const root = o.shadow(el);
    if (root === null && o.tag(el) === 'slot') {
      const assigned = el.assignedNodes();
      if (assigned.length > 0) {
        yield* assigned;
        return;
      }
    }
    for (let c = o.first(root ?? el); c !== null; c = o.next(c)) yield c;
  };

  // The parent in the flat tree. assignedSlot is null for a closed root's slot,
  // so that one is looked for.
  o.parent = (node) => {
    const up = o.up(node);
    if (up === null) return null;
    if (up.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return up.host ?? null;
    if (up.nodeType !== Node.ELEMENT_NODE) return null;
    const root = o.shadow(up);
    if (root === null) return up;
    if (node.assignedSlot) return node.assignedSlot;
    for (const slot of o.query(root, 'slot')) if (slot.assignedNodes().includes(node)) return slot;
    return null;
  };
  o.within = (node, ancestor) => {
    for (let n = node; n !== null; n = o.parent(n)) if (n === ancestor) return true;
    return false;
  };

  // Numbers of elements. An element that a page makes anew has a new number.
  const numbers = new WeakMap();
  const elements = new Map();
  let last = 0;
  o.ref = (el) => {
    let n = numbers.get(el);
    if (n === undefined) {
      n = ++last;
      numbers.set(el, n);
      elements.set(n, new WeakRef(el));
    }
    return n;
  };
  o.element = (ref) => elements.get(ref)?.deref() ?? null;

  o.say = (word) => {
    if (typeof globalThis.opposerSays === 'function') globalThis.opposerSays(word);
  };
})((globalThis.opposer ??= {}));
