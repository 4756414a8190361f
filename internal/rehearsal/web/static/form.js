"use strict";
// The objection form: rendered late, its fields controlled by a state that only
// trusted events change (as React's controlled inputs are), sent in the
// scenario's way. The words "hears", "fetch" … are those of traits.go.
(() => {
  const settings = JSON.parse(document.getElementById("boot").textContent).form;
  const mount = document.getElementById("form-mount");
  const state = { email: settings.email, reason: "", code: "", captcha: "" };
  const heard = { trusted: 0, untrusted: 0 };
  let root, form, requests = 0, presses = 0, sending = false;

  const valid = () => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(state.email.trim()) &&
    (!settings.captcha || state.captcha !== "");

  // Puts the state on the page: what a script wrote into a field is gone again.
  const render = () => {
    form.querySelectorAll("[data-state]").forEach((field) => {
      const meant = state[field.dataset.state];
      if (field.value !== meant) field.value = meant;
    });
    const ready = form.id === "code" ? state.code.length >= 4 : valid();
    form.querySelector("button").disabled = sending || !ready;
  };

  const listen = (event) => {
    const name = event.target.dataset && event.target.dataset.state;
    if (!name) return;
    if (!event.isTrusted) {
      heard.untrusted += 1;
    } else if (event.type === "input") {
      // Not at "change": a browser fires a trusted one at blur even when a script
      // has replaced what was typed, and React does not take that either.
      heard.trusted += 1;
      state[name] = event.target.value;
    }
    render();
  };

  const place = (id, send) => {
    form = document.getElementById(id).content.querySelector("form").cloneNode(true);
    form.addEventListener("input", listen);
    form.addEventListener("change", listen);
    form.addEventListener("focusout", render);
    if (settings.leave) form.addEventListener("focusin", () => location.assign(settings.leave), { once: true });
    let pressed = false;
    form.querySelector("button").addEventListener("click", (event) => { pressed = event.isTrusted; });
    form.addEventListener("submit", (event) => {
      const person = pressed;
      pressed = false;
      if (!person || !heardPress()) return event.preventDefault();
      seal();
      send(event);
    });
    root.querySelectorAll("form, .ghost, .answer").forEach((node) => node.remove());
    root.append(form);
    mount.removeAttribute("aria-busy");
    render();
  };

  const heardPress = () => {
    presses += 1;
    if (settings.button === "deaf") return false;
    return settings.button !== "second" || presses > 1;
  };

  const body = () => {
    requests += 1;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("__a", "1");
    fields.set("__req", requests.toString(36));
    return fields;
  };

  // The state goes out, not what a script may have left in a field; and the
  // server is told how the fields were filled.
  const seal = () => {
    render();
    form.elements["support_form_signals"].value = `t${heard.trusted}u${heard.untrusted}`;
    if (form.elements["captcha_response"]) form.elements["captcha_response"].value = state.captcha;
  };

  const byXHR = (address, fields) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.onload = () => resolve({ ok: request.status === 200, text: async () => request.responseText });
    request.onerror = reject;
    request.send(fields);
  });

  const post = (address) => {
    const headers = { "X-FB-LSD": "AVr0kq1Yd3E" };
    if (settings.wire === "xhr") return byXHR(address, body());
    if (settings.wire === "beacon") navigator.sendBeacon("/ajax/bz", new URLSearchParams({ ts: "1", q: "submit" }));
    const keepalive = settings.wire === "keepalive";
    const answer = fetch(address, { method: "POST", headers, keepalive, body: body() });
    // The script's own retry, made without waiting for the first answer.
    if (settings.wire === "twice") fetch(address, { method: "POST", headers, body: body() }).catch(() => {});
    return answer;
  };

  const parse = async (answer) => {
    const text = await answer.text();
    const told = JSON.parse(text.slice(text.indexOf("{")));
    return answer.ok || told.errorSummary ? told : { errorSummary: settings.fault };
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
  };

  const complain = (told) => {
    form.querySelectorAll(".box").forEach((node) => node.remove());
    const box = document.createElement("div");
    box.className = "fault box";
    box.setAttribute("role", "alert");
    box.textContent = [told.errorSummary, told.errorDescription].filter(Boolean).join(" ");
    form.prepend(box);
    const field = told.payload && told.payload.field;
    const note = field && form.querySelector(`[data-fault="${field}"]`);
    if (note) note.hidden = false;
  };

  const deliver = async (address) => {
    sending = true;
    render();
    const told = await post(address).then(parse).catch(() => ({ errorSummary: settings.fault }));
    sending = false;
    if (settings.thanks) return say(settings.thanks);
    if (told.errorSummary) {
      complain(told);
      return render();
    }
    if (told.payload.confirm_by_code) return askCode();
    say(told.payload.view);
  };

  // The code goes along with everything else of the form it belongs to but its
  // values: the server knows those by the token.
  const askCode = () => {
    const token = form.elements["fb_dtsg"].value;
    place("contact-code", (event) => {
      event.preventDefault();
      deliver("/ajax/help/contact/verify/page");
    });
    form.id = "code";
    const kept = { fb_dtsg: token, support_form_signals: "" };
    Object.entries(kept).forEach(([name, value]) => {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name, value });
      form.append(hidden);
    });
    render();
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
      deliver("/ajax/help/contact/submit/page");
    });
  };

  addEventListener("message", (event) => {
    if (event.origin !== "https://www.fbsbx.com" || !event.data.captcha) return;
    state.captcha = event.data.captcha;
    render();
  });

  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(begin)));
})();
