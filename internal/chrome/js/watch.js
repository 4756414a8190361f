'use strict';
// Says when the document changes and when it has been still: "mutation" at once
// and then every 100 ms while it goes on, "quiet" after two frames and 32 ms
// without one. A hidden tab paints no frames; there a timer of 50 ms stands for
// each. And says "touch" at every press of a button or a key that the browser
// itself vouches for; whose it was, the machine knows.
((o) => {
  const state = { on: false, changed: true, waiting: false, generation: 0, touched: 0, said: 0 };
  const pause = 100;
  const calm = 32;
  const roots = new WeakSet();

  o.frame = (then) => {
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      then();
    };
    if (document.visibilityState === 'visible') requestAnimationFrame(once);
    setTimeout(once, 50);
  };
  const quiet = () => {
    state.waiting = false;
    state.changed = false;
    o.say('quiet');
  };
  const settle = (generation) => {
    o.frame(() => o.frame(() => {
      if (generation !== state.generation) {
        if (performance.now() - state.said > pause) tell();
        settle(state.generation);
        return;
      }
      const left = calm - (performance.now() - state.touched);
      if (left > 0) setTimeout(settle, left, generation);
      else quiet();
    }));
  };
  const tell = () => {
    state.said = performance.now();
    o.say('mutation');
  };
  const touched = () => {
    state.generation++;
    state.touched = performance.now();
    if (!state.changed) tell();
    state.changed = true;
    if (state.waiting) return;
    state.waiting = true;
    settle(state.generation);
  };

  const observer = new MutationObserver(touched);
  o.watchRoot = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    // What changes without a mutation: values, transitions, pictures, details.
    for (const kind of ['input', 'change', 'transitionend', 'animationend', 'load', 'toggle', 'scrollend']) {
      root.addEventListener(kind, touched, { capture: true, passive: true });
    }
  };

  // Installs the watch; tells whether the document is still.
  o.watch = () => {
    if (!state.on) {
      state.on = true;
      o.watchRoot(document);
      addEventListener('resize', touched, { passive: true });
      addEventListener('load', touched, { passive: true });
      for (const kind of ['pointerdown', 'keydown']) {
        addEventListener(kind, (event) => event.isTrusted && o.say('touch'), { capture: true, passive: true });
      }
      touched();
    }
    if (observer.takeRecords().length > 0) touched();
    return !state.changed;
  };
})(globalThis.opposer);
