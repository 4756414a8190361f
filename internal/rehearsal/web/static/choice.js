"use strict";
// A choice of forms: a radio, then "Next".
(() => {
  const form = document.getElementById("choice-form");
  let chosen = "";
  form.addEventListener("change", (event) => { if (event.isTrusted) chosen = event.target.value; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen) location.assign(chosen);
  });
})();
