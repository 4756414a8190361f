"use strict";
// The only button to be seen shows the password; the form goes off by Enter.
(() => {
  const eye = document.querySelector(".eye");
  const pass = document.querySelector("input[name=pass]");
  eye.addEventListener("click", () => {
    pass.type = pass.type === "password" ? "text" : "password";
  });
})();
