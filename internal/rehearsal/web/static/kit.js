"use strict";
// What the pages' scripts share: fields controlled by a state that only trusted
// events change (as React's controlled inputs are), a list of countries, the ways
// in which a form travels, and texts cut into pieces.
(() => {
  const heard = { trusted: 0, untrusted: 0 };

  // Puts the state on the page: what a script wrote into a field is gone again.
  const paint = (root, state) => root.querySelectorAll("[data-state]").forEach((field) => {
    const meant = state[field.dataset.state] ?? "";
    if (field.type === "radio") {
      if (field.checked !== (field.value === meant)) field.checked = field.value === meant;
    } else if (field.value !== meant) {
      field.value = meant;
    }
  });

  // Hears the fields below root. With radios "reset", typing anywhere clears what
  // was chosen before, as a page that builds its fields anew does.
  const control = (root, state, settings, changed) => {
    const listen = (event) => {
      const field = event.target, name = field.dataset && field.dataset.state;
      if (!name) return;
      if (!event.isTrusted) {
        heard.untrusted += 1;
      } else if (event.type === "input") {
        // Not at "change": a browser fires a trusted one at blur even when a
        // script has replaced what was typed, and React does not take that either.
        heard.trusted += 1;
        state[name] = field.value;
        if (settings.radios === "reset" && field.type !== "radio") forget(root, state);
      }
      changed(event);
    };
    root.addEventListener("input", listen);
    root.addEventListener("change", listen);
    root.addEventListener("focusout", () => changed());
  };

  const forget = (root, state) => {
    root.querySelectorAll("input[type=radio][data-state]").forEach((radio) => { state[radio.dataset.state] = ""; });
  };

  // A field in which a country is looked for by its name. It counts once it is
  // taken from the list; what is only typed is gone when the field is left.
  const typeahead = (root, state, countries, changed) => {
    const field = root.querySelector("[data-typeahead]");
    if (!field) return;
    const list = root.querySelector("#" + field.getAttribute("aria-controls"));
    let taken = "";
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const close = () => {
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
    };
    const take = (country) => {
      taken = country.name;
      Object.assign(state, { country: country.iso, country_text: country.name });
      close();
      changed();
      field.dispatchEvent(new CustomEvent("country", { bubbles: true, detail: country.iso }));
    };
    const show = () => {
      const typed = plain(state.country_text || "");
      const fit = countries.filter((country) => plain(country.name).includes(typed))
        .sort((a, b) => plain(b.name).startsWith(typed) - plain(a.name).startsWith(typed));
      list.replaceChildren(...fit.slice(0, 8).map((country, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(country.name === taken));
        option.textContent = country.name;
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", (event) => { if (event.isTrusted) take(country); });
        return option;
      }));
      list.hidden = fit.length === 0;
      field.setAttribute("aria-expanded", String(fit.length > 0));
      return fit;
    };
    field.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      state.country_text = field.value;
      state.country = "";
      show();
    });
    field.addEventListener("click", (event) => { if (event.isTrusted) show(); });
    field.addEventListener("keydown", (event) => {
      if (!event.isTrusted || event.key !== "Enter") return;
      event.preventDefault();
      const fit = list.hidden ? [] : show();
      if (fit.length) take(fit[0]);
    });
    field.addEventListener("blur", () => {
      close();
      state.country_text = state.country ? taken : "";
      changed();
    });
  };

  const byXHR = (address, fields) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.onload = () => resolve({ ok: request.status === 200, text: async () => request.responseText });
    request.onerror = reject;
    request.send(fields);
  });

  // One field holds all values as JSON; the address says nothing.
  const graph = (address, fields) => {
    const input = { operation: address };
    const told = new URLSearchParams({ fb_api_req_friendly_name: "SupportRequestMutation", doc_id: "8714309955320141" });
    fields.forEach((value, name) => {
      if (name === "fb_dtsg" || name.startsWith("__")) told.set(name, value);
      else input[name] = value;
    });
    told.set("variables", JSON.stringify({ input }));
    return fetch("/api/graphql/", { method: "POST", body: told });
  };

  let requests = 0;
  const counted = (fields) => {
    requests += 1;
    const out = new URLSearchParams(fields);
    out.set("__a", "1");
    out.set("__req", requests.toString(36));
    return out;
  };

  const telemetry = () => new URLSearchParams({ ts: "1", q: "submit" });

  const post = (wire, address, fields) => {
    const headers = { "X-FB-LSD": "AVr0kq1Yd3E" };
    if (wire === "graphql") return graph(address, counted(fields));
    if (wire === "xhr") return byXHR(address, counted(fields));
    if (wire === "beacon") navigator.sendBeacon("/ajax/bz", telemetry());
    const send = () => fetch(address, { method: "POST", headers, keepalive: wire === "keepalive", body: counted(fields) });
    if (wire === "told-first") return fetch("/ajax/bz", { method: "POST", body: telemetry() }).then(send);
    const answer = send();
    // The script's own retry, made without waiting for the first answer.
    if (wire === "twice") fetch(address, { method: "POST", headers, body: counted(fields) }).catch(() => {});
    return answer;
  };

  // What an answer tells, whichever way it came.
  const parse = (fault) => async (answer) => {
    const text = await answer.text();
    const told = JSON.parse(text.slice(text.indexOf("{")));
    if (told.errors) {
      const [first] = told.errors;
      return { redirect: first.redirect, errorSummary: first.summary, errorDescription: first.description, payload: { field: told.field } };
    }
    if (told.data) return { payload: told.data.support_request };
    return answer.ok || told.errorSummary ? told : { errorSummary: fault };
  };

  // Cuts every text into spans, at words and inside long ones, joins some with
  // no-break spaces, and sets typographic apostrophes.
  const pieces = (text) => text.replace(/'/g, "’").split(/(?<=\s)|(?<=\S)(?=\s)/).flatMap((word, index) => {
    if (/^ $/.test(word)) return [index % 3 === 1 ? "\u00a0" : " "];
    return word.length > 6 ? [word.slice(0, 4), word.slice(4)] : [word];
  });
  const shred = (root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const inside = node.parentElement && node.parentElement.closest("script, style, textarea, select, template, [data-cut]");
      if (node.data.trim().length > 1 && !inside) texts.push(node);
    }
    texts.forEach((node) => {
      const cut = document.createDocumentFragment();
      pieces(node.data).forEach((piece) => {
        const span = document.createElement("span");
        span.dataset.cut = "1";
        span.textContent = piece;
        cut.append(span);
      });
      node.replaceWith(cut);
    });
  };

  // Calls act when the node is scrolled to, or at once.
  const whenSeen = (node, lazy, act) => {
    if (!lazy) return act();
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      act();
    });
    watch.observe(node);
  };

  // Tells on who presses what nobody can see.
  const twins = (root) => root.querySelectorAll("[data-send-twin]").forEach((twin) => {
    twin.addEventListener("click", () => {
      fetch("/ajax/dialog/twin/", { method: "POST", body: new URLSearchParams({ what: "send" }) });
    });
  });

  window.kit = { heard, paint, control, typeahead, post, parse, shred, whenSeen, twins };
})();
