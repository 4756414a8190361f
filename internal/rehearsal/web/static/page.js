"use strict";
// What every page does: show the late section, answer the cookie dialog, and
// (in one scenario) open a message box.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);

  // A press counts only if a person made it: Meta's pages do not hear
  // element.click() of a script either.
  const onPress = (node, act) => {
    node.addEventListener("click", (event) => { if (event.isTrusted) act(node); });
    node.addEventListener("keydown", (event) => {
      if (event.isTrusted && (event.key === "Enter" || event.key === " ")) act(node);
    });
  };

  const answerCookies = async (node) => {
    const veil = document.getElementById("cookie-veil");
    const body = new URLSearchParams({ accept_only_essential: node.getAttribute("data-cookie-answer") });
    if (veil.dataset.flow) body.set("flow", veil.dataset.flow);
    await fetch("/cookie/consent/", { method: "POST", body });
    if (veil.dataset.flow) return location.assign(boot.next);
    veil.remove();
    document.documentElement.classList.remove("veiled");
  };

  // Put in by script, so that it never stands there before it can hear.
  const dialog = document.getElementById("cookie-dialog");
  if (dialog) {
    document.body.append(dialog.content.cloneNode(true));
    const veil = document.getElementById("cookie-veil");
    document.documentElement.classList.add("veiled");
    veil.querySelectorAll("[data-cookie-answer]").forEach((node) => onPress(node, answerCookies));
    // Heard from scripts too: nothing but a mistake presses what cannot be seen.
    veil.querySelector("[data-cookie-twin]").addEventListener("click", () => {
      fetch("/ajax/dialog/twin/", { method: "POST" });
    });
  }

  // An entry that shows more when it is pressed.
  const opens = (node) => {
    const panel = document.getElementById(node.dataset.opens);
    panel.hidden = !panel.hidden;
    node.setAttribute("aria-expanded", String(!panel.hidden));
  };

  // The section comes when the page has been painted, and in two steps, as on a
  // site that hydrates: who looks at load finds nothing yet.
  const mount = document.getElementById("section-mount");
  const reveal = async () => {
    const answer = await fetch(boot.section);
    const markup = await answer.text();
    requestAnimationFrame(() => {
      mount.innerHTML = markup;
      mount.removeAttribute("aria-busy");
      mount.querySelectorAll("[data-opens]").forEach((node) => onPress(node, opens));
      if (boot.shred) kit.shred(mount);
    });
  };
  const begin = () => kit.whenSeen(mount, boot.lazy, reveal);
  const offer = () => {
    mount.before(document.getElementById("policy-message-parts").content.cloneNode(true));
    const message = document.getElementById("policy-message");
    onPress(message, () => { message.remove(); begin(); });
    if (boot.shred) kit.shred(message);
  };
  if (mount && boot.section) {
    addEventListener("load", () => {
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
        if (boot.message) offer();
        else begin();
      }, 30)));
    });
  }

  if (boot.shred) addEventListener("load", () => document.querySelectorAll("main").forEach(kit.shred));
  if (boot.alert) addEventListener("load", () => alert(boot.alert));
})();
