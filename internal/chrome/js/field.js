'use strict';
// Fields: taking the focus with everything selected, keeping typed text out of
// every other field, reading back.
((o) => {
  const rootOf = (el) => o.rootOf(el);
  const focused = (el) => rootOf(el).activeElement === el;

  const selectAll = (el) => {
    const tag = o.tag(el);
    if (tag === 'input' || tag === 'textarea') {
      el.select();
      return;
    }
    const selection = getSelection();
    const range = document.createRange();
    range.selectNodeContents(el);
    selection.removeAllRanges();
    selection.addRange(range);
  };

  let kept = null;
  // Text that would land elsewhere, because the page moved the focus since, is
  // stopped before the page hears it.
  const gate = (event) => {
    if (kept === null || event.composedPath()[0] === kept || o.within(event.target, kept) || holds(event.target)) return;
    kept.opposerMissed = true;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const holds = (host) => o.isElement(host) && o.shadow(host) !== null && o.within(kept, host);

  // Text goes to whatever frame has the focus, and this document hears nothing
  // of it: a focus that the page gives to a frame's element is taken back.
  let returning = false;
  const stay = (event) => {
    const next = event.relatedTarget;
    if (returning || kept === null || event.target !== kept || !o.isElement(next) || !holdsFrame(next)) return;
    returning = true;
    kept.focus({ preventScroll: true });
    returning = false;
  };
  const holdsFrame = (el) => ['iframe', 'frame', 'object', 'embed', 'fencedframe'].includes(o.tag(el));

  // Where we are, and the focus, in one task: the caller types only if the
  // origin is the admitted one.
  o.take = (name, origin) => {
    if (o.document !== name) return { stale: true };
    const found = { origin: self.origin, focused: false, stale: false };
    const el = o.chosen?.el ?? null;
    if (el === null || !o.attached(el)) return { ...found, stale: true };
    if (found.origin !== origin || o.disabled(el, o.inert(el)) || o.readOnly(el)) return found;
    el.focus({ preventScroll: true });
    if (!o.attached(el)) return { ...found, stale: true };
    found.focused = focused(el);
    if (found.focused && o.tag(el) !== 'select') {
      selectAll(el);
      kept = el;
      addEventListener('beforeinput', gate, { capture: true });
      addEventListener('blur', stay, { capture: true });
    }
    return found;
  };
  o.let = () => {
    kept = null;
    removeEventListener('beforeinput', gate, { capture: true });
    removeEventListener('blur', stay, { capture: true });
  };

  // What the field holds when the page has had two frames to object.
  o.settled = (name) => new Promise((resolve) => {
    if (o.document !== name) {
      resolve({ stale: true });
      return;
    }
    o.frame(() => o.frame(() => resolve(held())));
  });
  const held = () => {
    o.let();
    const el = o.chosen?.el ?? null;
    if (el === null || !o.attached(el)) return { stale: true };
    const out = { stale: false, checked: o.checked(el), secret: o.tag(el) === 'input' && el.type === 'password' };
    if (out.secret) out.empty = el.value === '';
    else out.raw = o.value(el) ?? '';
    if (o.tag(el) === 'select') out.index = el.selectedIndex;
    return out;
  };

  // How to reach an option with keys: from the first, so many steps down. An
  // option that cannot be chosen is passed over by the keys.
  o.path = (name, index) => {
    if (o.document !== name || !o.chosen) return { stale: true };
    const el = o.chosen.el;
    const open = (x) => !x.disabled && !(o.isElement(o.up(x)) && o.tag(o.up(x)) === 'optgroup' && o.up(x).disabled) && getComputedStyle(x).display !== 'none';
    const option = el.options?.[index];
    if (!option || !open(option)) return { stale: false, closed: true };
    const before = [...el.options].slice(0, index).filter(open).length;
    const now = el.selectedIndex < 0 ? -1 : [...el.options].slice(0, el.selectedIndex).filter(open).length;
    return { stale: false, closed: false, before, now, popup: !(el.multiple || el.size > 1) };
  };
})(globalThis.opposer);
