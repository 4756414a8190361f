"use strict";
// The classic form: rendered late, its fields controlled by a state (kit.js), sent
// in the scenario's way. The words "hears", "fetch" … are those of traits.go.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);
  const settings = boot.form;
  const mount = document.getElementById("form-mount");
  const state = { email: settings.email, captcha: "" };
  let root, form, presses = 0, sending = false;

  const isEmail = (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test((text || "").trim());
  const valid = () => isEmail(state.email) && (!settings.captcha || state.captcha !== "");

  const render = () => {
    kit.paint(form, state);
    const ready = form.id === "code" ? (state.code || "").length >= 4 : valid();
    form.querySelector("button[type=submit]").disabled = sending || !ready;
  };

  const note = (name, shown) => {
    const text = form.querySelector(`[data-fault="${name}"]`);
    if (text) text.hidden = !shown;
  };

  // What is still missing is said beside its field, and nothing is sent.
  const complete = () => {
    const missing = settings.required.filter((name) => !(state[name] || "").trim() ||
      (name === "confirm" && state.confirm !== state.email));
    settings.required.forEach((name) => note(name, missing.includes(name)));
    return missing.length === 0;
  };

  const place = (id, send) => {
    form = document.getElementById(id).content.querySelector("form").cloneNode(true);
    kit.control(form, state, settings, render);
    kit.typeahead(form, state, settings.countries || [], render);
    kit.twins(form);
    captcha.watch(form, settings, (answer) => {
      state.captcha = answer;
      render();
    });
    if (settings.leave) form.addEventListener("focusin", () => location.assign(settings.leave), { once: true });
    if (settings.moved) form.addEventListener("country", () => location.assign(settings.moved));
    let pressed = false;
    form.querySelector("button[type=submit]").addEventListener("click", (event) => { pressed = event.isTrusted; });
    form.addEventListener("submit", (event) => {
      const person = pressed;
      pressed = false;
      if (!person || (form.id !== "code" && !complete()) || !heardPress()) return event.preventDefault();
      seal();
      send(event);
    });
    root.querySelectorAll("form, .ghost, .answer").forEach((node) => node.remove());
    root.append(form);
    mount.removeAttribute("aria-busy");
    if (boot.shred) kit.shred(form);
    render();
  };

  const heardPress = () => {
    presses += 1;
    if (settings.button === "deaf") return false;
    return settings.button !== "second" || presses > 1;
  };

  // The state goes out, not what a script may have left in a field; and the
  // server is told how the fields were filled.
  const seal = () => {
    render();
    form.elements["support_form_signals"].value = `t${kit.heard.trusted}u${kit.heard.untrusted}`;
    if (form.elements["captcha_response"]) form.elements["captcha_response"].value = state.captcha;
  };

  const say = (message) => {
    const answer = document.createElement("div");
    answer.className = "answer";
    answer.setAttribute("role", "status");
    const heading = document.createElement("h2");
    heading.textContent = message.heading;
    answer.append(heading);
    message.paragraphs.forEach((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      answer.append(line);
    });
    form.replaceWith(answer);
    if (boot.shred) kit.shred(answer);
  };

  const complain = (told) => {
    form.querySelectorAll(".box").forEach((node) => node.remove());
    const box = document.createElement("div");
    box.className = "fault box";
    box.setAttribute("role", "alert");
    box.textContent = [told.errorSummary, told.errorDescription].filter(Boolean).join(" ");
    form.prepend(box);
    if (told.payload && told.payload.field) note(told.payload.field, true);
    const letters = form.querySelector("#letters");
    if (told.captcha_persist_data && letters && !settings.captcha) {
      const picture = letters.querySelector("img");
      picture.src = picture.dataset.src;
      letters.hidden = false;
    }
  };

  const deliver = async (address) => {
    sending = true;
    render();
    const told = await kit.post(settings.wire, address, new FormData(form))
      .then(kit.parse(settings.fault)).catch(() => ({ errorSummary: settings.fault }));
    sending = false;
    if (told.redirect) return location.assign(told.redirect);
    if (settings.thanks) return say(settings.thanks);
    if (told.errorSummary) {
      complain(told);
      return render();
    }
    if (told.payload.confirm_by_code) return askCode(told.payload.another_code);
    say(told.payload.view);
  };

  // The code goes along with everything else of the form it belongs to but its
  // values: the server knows those by the token.
  const askCode = (another) => {
    state.code = "";
    const token = form.elements["fb_dtsg"].value;
    place("contact-code", (event) => {
      event.preventDefault();
      deliver(settings.verify);
    });
    form.id = "code";
    const kept = { fb_dtsg: token, support_form_signals: "" };
    Object.entries(kept).forEach(([name, value]) => {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name, value });
      form.append(hidden);
    });
    if (another) form.querySelector("#code-told").textContent = another;
    digits();
    render();
  };

  // A box for each digit, which leads to the next one; a whole code may be pasted
  // into any of them.
  const digits = () => {
    const boxes = [...form.querySelectorAll("[data-digit]")];
    const read = () => {
      state.code = boxes.map((box) => box.value).join("");
      render();
    };
    boxes.forEach((box, index) => {
      box.addEventListener("input", (event) => {
        if (!event.isTrusted) {
          kit.heard.untrusted += 1;
          return;
        }
        kit.heard.trusted += 1;
        box.value = box.value.replace(/\D/g, "");
        if (box.value && boxes[index + 1]) boxes[index + 1].focus();
        read();
      });
      box.addEventListener("keydown", (event) => {
        if (event.isTrusted && event.key === "Backspace" && !box.value && index > 0) boxes[index - 1].focus();
      });
      box.addEventListener("focus", () => box.select());
      box.addEventListener("paste", (event) => {
        event.preventDefault();
        const pasted = event.isTrusted ? event.clipboardData.getData("text").replace(/\D/g, "") : "";
        if (!pasted) return;
        kit.heard.trusted += 1;
        boxes.forEach((other, place) => { other.value = pasted[place] || ""; });
        boxes[Math.min(pasted.length, boxes.length) - 1].focus();
        read();
      });
    });
  };

  const begin = () => {
    root = mount;
    if (settings.shell === "shadow") {
      root = mount.attachShadow({ mode: "closed" });
      const style = document.createElement("link");
      Object.assign(style, { rel: "stylesheet", href: settings.style });
      root.append(style);
      mount.removeAttribute("aria-busy");
    }
    place("contact-form", (event) => {
      if (settings.wire === "native") return;
      event.preventDefault();
      deliver(settings.address);
    });
  };

  if (settings.waits) {
    addEventListener("answered", begin, { once: true });
  } else {
    addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
      kit.whenSeen(mount, boot.lazy, begin);
    })));
  }
})();
