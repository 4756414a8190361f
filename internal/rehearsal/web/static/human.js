"use strict";
// What a form hears of its captcha, whoever's it is: only what a person's own
// press began.
(() => {
  // The answer stands in the vendor's own field too, as a page's server would look
  // for it there.
  const told = (root, answer, solved) => {
    root.querySelectorAll("[data-captcha-answer]").forEach((field) => { field.value = answer; });
    solved(answer);
  };

  // Cloudflare keeps its frame where the page's scripts cannot see it.
  const closedFrames = (root) => root.querySelectorAll("[data-closed-frame]").forEach((place) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: place.dataset.closedFrame, title: place.dataset.title, id: "cf-chl-widget-k3p9x" });
    Object.assign(frame.style, { width: "304px", height: "82px", border: "0" });
    place.attachShadow({ mode: "closed" }).append(frame);
  });

  const button = (root, solved) => root.querySelectorAll(".frc-button").forEach((node) => {
    node.addEventListener("click", async (event) => {
      if (!event.isTrusted) return;
      node.disabled = true;
      const answer = await fetch("/captcha/verify", { method: "POST" });
      root.querySelector(".frc-text").textContent = node.dataset.done;
      node.remove();
      told(root, await answer.text(), solved);
    });
  });

  // altcha's own widget would begin at a script's press too.
  const work = (root, solved) => root.querySelectorAll("altcha-widget").forEach((widget) => {
    widget.parentElement.addEventListener("click", (event) => {
      if (event.isTrusted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
    widget.addEventListener("statechange", (event) => {
      solved(event.detail.state === "verified" ? event.detail.payload : "");
    });
  });

  const workers = () => window.$altcha.algorithms.set("SHA-256", () => new Worker("/captcha/altcha/worker.js"));

  const watch = (root, settings, solved) => {
    closedFrames(root);
    button(root, solved);
    work(root, solved);
    if (window.$altcha) workers();
    addEventListener("message", (event) => {
      if (!settings.captchaFrom || event.origin !== settings.captchaFrom || !event.data.captcha) return;
      told(root, event.data.captcha, solved);
    });
  };

  window.captcha = { watch };
})();
