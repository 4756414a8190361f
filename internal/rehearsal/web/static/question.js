"use strict";
// A question before the form. "Yes" leads to the form, or lets it appear; "no" to
// a form that nobody wanted.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);
  const form = document.getElementById("question-form");
  const mount = document.getElementById("form-mount");
  let answer = "";

  const refuse = () => {
    mount.replaceChildren(document.getElementById("question-no").content.cloneNode(true));
  };

  form.addEventListener("change", (event) => {
    if (!event.isTrusted) return;
    answer = event.target.value;
    if (boot.next) return;
    if (answer === "no") return refuse();
    dispatchEvent(new Event("answered"));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (answer === "yes") location.assign(boot.next);
    if (answer === "no") refuse();
  });
})();
