"use strict";
// A box that only a real press ticks; its answer goes to the form around.
(() => {
  const tick = document.createElement("div");
  tick.id = "captcha-tick";
  tick.tabIndex = 0;
  tick.setAttribute("role", "checkbox");
  tick.setAttribute("aria-checked", "false");
  tick.setAttribute("aria-labelledby", "captcha-label");
  tick.addEventListener("click", async (event) => {
    if (!event.isTrusted || tick.getAttribute("aria-checked") === "true") return;
    tick.setAttribute("aria-checked", "true");
    const answer = await fetch("/captcha/verify", { method: "POST" });
    parent.postMessage({ captcha: await answer.text() }, "*");
  });
  document.getElementById("captcha-box").prepend(tick);
})();
