// What happens on the page while it is open: the state that the program
// streams, answers without a new page, and clocks. Only what differs is
// replaced, so that nobody loses a place or a typed word.
import { openView } from "./live.js";

const say = document.body.dataset;
const byId = (id) => document.getElementById(id);
const shown = new Map(); // key → the HTML that stands there
let ahead = 0; // the program's clock minus ours, in ms
let movedAt = -1e9; // when something above has gone
let begun = false;

function made(html) {
  const t = document.createElement("template");
  t.innerHTML = html; // of our own templates, which escape what is not ours
  return t.content.firstElementChild;
}

// announce puts a sentence where a screen reader hears it, also a second time.
function announce(text) {
  byId("news").textContent = "";
  requestAnimationFrame(() => { byId("news").textContent = text; });
}

function tell(text) {
  byId("said").textContent = text;
}

// place brings the children of a list in line with the pieces.
function place(list, pieces, { fresh, gone, change }) {
  const there = new Map([...list.children].map((e) => [e.dataset.key, e]));
  const wanted = new Set(pieces.map((p) => p.id));
  for (const [key, e] of there) {
    if (!wanted.has(key)) gone(e);
  }
  pieces.forEach((p, i) => {
    let e = there.get(p.id);
    if (!e) {
      e = made(p.html);
      list.insertBefore(e, list.children[i] ?? null);
      fresh(e, p);
    }
    change(e, p);
  });
}

function rows(pieces) {
  place(byId("rows"), pieces, {
    fresh: (e, p) => shown.set(e, p.html),
    gone: (e) => e.remove(),
    change: (e, p) => {
      if (shown.get(e) === p.html) return;
      const next = made(p.html);
      shown.set(next, p.html);
      e.replaceWith(next);
    },
  });
  byId("none").hidden = pieces.length > 0;
}

function gates(pieces) {
  place(byId("gates"), pieces, {
    fresh: (e, p) => {
      wake(e);
      if (begun) announce(p.name);
    },
    gone: (e) => {
      const focused = e.contains(document.activeElement);
      e.dispatchEvent(new Event("settled"));
      e.remove();
      movedAt = performance.now();
      announce(say.answered);
      if (focused) byId("waiting").focus();
    },
    change: (e, p) => {
      const part = e.querySelector("[data-status]");
      if (shown.get(part) === p.status) return;
      shown.set(part, p.status);
      part.innerHTML = p.status;
    },
  });
}

// clocks writes moments in the reader's own time, and how long is left.
function clocks(within) {
  const today = new Date().toDateString();
  for (const e of within.querySelectorAll("time")) {
    const at = new Date(e.dateTime);
    const far = at.toDateString() === today ? {} : { weekday: "short", day: "numeric", month: "short" };
    const text = at.toLocaleString(document.documentElement.lang, { ...far, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (e.textContent !== text) e.textContent = text;
  }
  for (const e of within.querySelectorAll("[data-until]")) {
    const left = Math.floor((new Date(e.dataset.until) - Date.now() - ahead) / 60000);
    let text = say.leftN.replace("{n}", left);
    if (left < 1) text = say.left0;
    else if (left === 1) text = say.left1;
    else if (left >= 60) text = say.hours.replace("{h}", Math.floor(left / 60)).replace("{n}", left % 60);
    text = `(${text})`;
    if (e.textContent !== text) e.textContent = text;
  }
}

// wake gives a gate what it can do with script only.
function wake(gate) {
  const live = gate.querySelector("[data-live]");
  if (live) openView(live, say);
}

// answer sends a form without leaving the page.
async function answer(form, button) {
  // Pressed twice, it is answered once: the second would only come too late.
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  tell("");
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const reply = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    const { said, settled } = await reply.json();
    tell(said);
    if (!settled) delete form.dataset.sent;
    const field = form.querySelector("input[name=code], input[name=option]");
    if (!settled && field && !button.matches("[data-stays]")) field.focus();
  } catch {
    delete form.dataset.sent;
    tell(say.offline);
  }
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.method !== "post") return;
  e.preventDefault();
  // What was pressed may not be what was aimed at, when the list has just
  // become shorter under the pointer. A key goes where the focus is.
  if (form.dataset.pointed && performance.now() - movedAt < 600) {
    tell(say.moved);
    return;
  }
  answer(form, e.submitter);
});

document.addEventListener("click", (e) => {
  const form = e.target.closest("form");
  if (!form) return;
  if (e.detail > 0) form.dataset.pointed = "yes";
  else delete form.dataset.pointed;
}, true);

function follow() {
  const line = byId("line");
  const source = new EventSource("events");
  let over = false;
  source.addEventListener("state", (e) => {
    const s = JSON.parse(e.data);
    ahead = s.now - Date.now();
    over = s.over !== "";
    rows(s.rows);
    gates(s.gates);
    if (byId("waiting").textContent !== s.heading) byId("waiting").textContent = s.heading;
    if (shown.get("over") !== s.over) {
      shown.set("over", s.over);
      byId("over").innerHTML = s.over;
      if (begun && over) announce(byId("over").textContent.trim());
    }
    document.title = s.title;
    clocks(document);
    begun = true;
    document.documentElement.dataset.live = "yes";
    if (!line.hidden) {
      line.hidden = true;
      announce(say.online);
    }
  });
  source.addEventListener("error", () => {
    // Refused, not only broken off: it is not tried again.
    line.textContent = over || source.readyState === EventSource.CLOSED ? say.ended : say.offline;
    line.hidden = false;
  });
}

for (const e of byId("gates").children) {
  wake(e);
  shown.set(e.querySelector("[data-status]"), null);
}
clocks(document);
setInterval(() => clocks(document), 10000);
follow();
