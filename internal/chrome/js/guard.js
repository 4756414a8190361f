'use strict';
// Between finding the point and pressing it a page may put something else there.
// While armed, a real press that would reach another element is stopped before
// the page hears it, and it is known whether the press arrived.
((o) => {
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick'];
  let armed = null;

  // A page that renders again put another element in its place (see act.js).
  const renew = () => {
    if (o.attached(armed.el)) return;
    const el = o.current(armed.ref);
    if (el !== null) [armed.el, armed.aimed] = [el, o.target(el, o.face(el).box)];
  };
  const meant = (event) => {
    renew();
    const { el, aimed } = armed;
    const hit = o.hitAt(event.clientX, event.clientY) ?? event.target;
    if (o.reaches(hit, aimed) || o.reaches(hit, el)) return true;
    // A label's click comes again on the box itself, where the pointer is not.
    return event.composedPath().includes(el);
  };
  const heard = (event) => {
    if (armed === null || !event.isTrusted) return;
    const first = event.type === 'pointerdown' || event.type === 'mousedown';
    if (armed.missed || (first && !meant(event))) {
      armed.missed = true;
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (event.type === 'mousedown') armed.down = true;
    if (event.type === 'click') armed.click = true;
  };
  o.arm = (name, ref, x, y) => {
    if (o.document !== name) return { stale: true };
    const el = o.current(ref);
    if (el === null) return { moved: true };
    const aimed = o.target(el, o.face(el).box);
    const hit = o.hitAt(x, y);
    if (!o.reaches(hit, aimed) && !o.reaches(hit, el)) return { moved: true };
    armed = { el, aimed, ref, missed: false, down: false, click: false };
    o.chosen = { el, aimed, ref };
    for (const kind of kinds) addEventListener(kind, heard, { capture: true });
    return {};
  };
  o.disarm = () => {
    const was = armed;
    armed = null;
    for (const kind of kinds) removeEventListener(kind, heard, { capture: true });
    if (was === null) return { missed: false, down: false, click: false, attached: false };
    return { missed: was.missed, down: was.down, click: was.click, attached: o.attached(was.el) };
  };
})(globalThis.opposer);
