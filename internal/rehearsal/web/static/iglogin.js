"use strict";
// Instagram's login: boxes without names, sent by script.
(() => {
  const form = document.getElementById("loginForm");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch("/api/v1/web/accounts/login/ajax/", {
      method: "POST",
      body: new URLSearchParams({
        username: form.querySelector("input[type=text]").value,
        enc_password: form.querySelector("input[type=password]").value,
        next: form.dataset.next,
      }),
    });
    const told = await answer.json();
    if (told.authenticated) return location.assign(told.to);
    document.getElementById("login-fault").hidden = false;
  });
})();
