"use strict";
// A box that only a real press ticks; its answer goes to the form around.
(() => {
  const box = document.getElementById("captcha-box");
  const native = Boolean(box.dataset.native);
  const tick = document.createElement(native ? "input" : "div");
  tick.id = "captcha-tick";
  if (native) {
    tick.type = "checkbox";
  } else {
    tick.tabIndex = 0;
    tick.setAttribute("role", "checkbox");
    tick.setAttribute("aria-checked", "false");
    tick.setAttribute("aria-labelledby", "captcha-label");
  }
  let ticked = false;
  tick.addEventListener("click", async (event) => {
    if (!event.isTrusted || ticked) return event.preventDefault();
    ticked = true;
    if (!native) tick.setAttribute("aria-checked", "true");
    const answer = await fetch("/captcha/verify", { method: "POST" });
    parent.postMessage({ captcha: await answer.text() }, "*");
  });
  box.prepend(tick);
})();
