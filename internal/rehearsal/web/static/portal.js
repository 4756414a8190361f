"use strict";
// The request portal's wizard: steps put in by script, fields without names, a
// code by mail before sending, a receipt.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);
  const facts = JSON.parse(document.getElementById("portal-facts").textContent);
  const settings = boot.form;
  const mount = document.getElementById("wizard");
  const state = { email: settings.email, confirm: "", captcha: "" };
  let step, presses = 0, busy = false, proven = "";

  const isEmail = (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test((text || "").trim());

  // The required fields of the step that is shown, and whether each is filled.
  const wanted = () => {
    const names = ["email", "confirm", ...settings.required];
    const here = names.filter((name) => step.querySelector(`[data-state="${name}"]`) ||
      (name === "country" && step.querySelector("[data-typeahead]")));
    const open = here.filter((name) => {
      if (name === "email") return !isEmail(state.email);
      return !(state[name] || "").trim();
    });
    if (settings.code && step.querySelector(".code") && proven !== state.email) open.push("code");
    return open;
  };

  const render = () => {
    kit.paint(step, state);
    const open = wanted().length;
    const text = step.querySelector(".remaining");
    if (text) text.textContent = open === 0 ? "" : settings.remaining[open === 1 ? 0 : 1].replace("%d", open);
    step.querySelectorAll("button[data-go]").forEach((button) => {
      button.disabled = busy || (button.dataset.go === "code" && !isEmail(state.email));
    });
    const good = step.querySelector(".proven");
    if (good) good.hidden = proven === "" || proven !== state.email;
  };

  const note = (name, shown) => {
    const text = step.querySelector(`[data-fault="${name}"]`);
    if (text) text.hidden = !shown;
  };

  const complete = () => {
    const open = wanted();
    step.querySelectorAll("[data-fault]").forEach((text) => {
      const name = text.dataset.fault;
      text.hidden = !open.includes(name) && !(name === "confirm" && state.confirm !== state.email);
    });
    return open.length === 0 && (!step.querySelector("[data-state=confirm]") || state.confirm === state.email);
  };

  const fields = () => {
    const out = new URLSearchParams({
      fb_dtsg: facts.token, support_form_id: facts.form, support_form_locale_id: facts.locale,
      support_form_signals: `t${kit.heard.trusted}u${kit.heard.untrusted}`,
      email: state.email || "", captcha_response: state.captcha, altcha: state.captcha, captcha_text: state.letters || "",
    });
    const more = {
      phone: state.phone, country: state.country, country_code: state.dial,
      [facts.about]: state.about, [facts.reason]: state.reason, [facts.more]: state.more,
    };
    Object.entries(more).forEach(([name, value]) => { if (value) out.set(name, value); });
    const trap = step.querySelector("[data-trap]");
    if (trap && trap.value) out.set(facts.trap, trap.value);
    return out;
  };

  const ask = async (address, extra) => {
    busy = true;
    render();
    const all = fields();
    Object.entries(extra || {}).forEach(([name, value]) => all.set(name, value));
    const told = await kit.post(settings.wire, address, all)
      .then(kit.parse(settings.fault)).catch(() => ({ errorSummary: settings.fault }));
    busy = false;
    return told;
  };

  const receipt = (message) => {
    show("receipt");
    step.querySelector("h1").textContent = message.heading;
    message.paragraphs.forEach((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      step.querySelector(".receipt-body").append(line);
    });
    if (boot.shred) kit.shred(step);
  };

  const complain = (told) => {
    const box = step.querySelector(".box");
    box.textContent = [told.errorSummary, told.errorDescription].filter(Boolean).join(" ");
    box.hidden = false;
    if (told.payload && told.payload.field) note(told.payload.field, true);
    const letters = step.querySelector("#letters");
    if (told.captcha_persist_data && !settings.captcha) {
      const picture = letters.querySelector("img");
      picture.src = picture.dataset.src;
      letters.hidden = false;
    }
    render();
  };

  const askCode = async () => {
    const told = await ask(settings.request);
    if (told.errorSummary) return complain(told);
    step.querySelector(".code-box").hidden = false;
    render();
  };

  const verify = async () => {
    const told = await ask(settings.verify, { code: state.code || "" });
    const right = !told.errorSummary;
    if (right && told.payload.confirm_by_code) {
      state.code = "";
      step.querySelector(".another").textContent = told.payload.another_code;
    } else if (right) {
      proven = state.email;
      step.querySelector(".code-box").hidden = true;
    }
    note("code", !right);
    render();
  };

  const send = async () => {
    if (!complete() || (settings.captcha && state.captcha === "")) return;
    presses += 1;
    if (settings.button === "deaf" || (settings.button === "second" && presses === 1)) return;
    const told = await ask(settings.address);
    if (told.redirect) return location.assign(told.redirect);
    if (settings.thanks) return receipt(settings.thanks);
    if (told.errorSummary) return complain(told);
    receipt(told.payload.view);
  };

  const go = {
    next: () => { if (complete()) show("step-2"); },
    code: askCode, again: askCode, verify, send,
    new: () => location.reload(),
  };

  const show = (id) => {
    step = document.getElementById(id).content.querySelector(".step").cloneNode(true);
    kit.control(step, state, settings, render);
    kit.typeahead(step, state, settings.countries || [], render);
    kit.twins(step);
    captcha.watch(step, settings, (answer) => {
      state.captcha = answer;
      render();
    });
    step.querySelectorAll("button[data-go]").forEach((button) => {
      button.addEventListener("click", (event) => { if (event.isTrusted && !busy) go[button.dataset.go](); });
    });
    if (settings.leave) step.addEventListener("focusin", () => location.assign(settings.leave), { once: true });
    mount.replaceChildren(step);
    mount.removeAttribute("aria-busy");
    if (boot.shred && id !== "receipt") kit.shred(step);
    if (id !== "receipt") render();
  };

  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => show("step-1"), 30))));
})();
