// The live view of one page: pictures of it in, what the person does out.

const settledCode = 4000; // live.go, overCode
const reserved = new Set(["r", "w", "t", "n", "l", "R", "W", "T", "N", "L"]); // with Ctrl: the browser's own
const editing = new Set(["Enter", "Backspace", "Delete", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

export function openView(root, say) {
  const open = root.querySelector("[data-open]");
  const panel = root.querySelector("[data-view]");
  let view = null;
  const close = () => {
    view?.end();
    view = null;
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
  };
  open.hidden = false;
  open.addEventListener("click", () => {
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    view?.end();
    view = connect(root, panel, say);
    panel.querySelector("canvas").focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  });
  panel.querySelector("[data-close]").addEventListener("click", () => { close(); open.focus(); });
  root.closest("article").addEventListener("settled", () => { view?.end(); view = null; });
}

function connect(root, panel, say) {
  const canvas = panel.querySelector("canvas");
  const ended = new AbortController();
  const view = { canvas, width: 0, height: 0, yours: false, say, panel, signal: ended.signal };
  const wheel = panel.querySelector("[data-wheel]");
  const take = panel.querySelector("[data-take]");
  const socket = new WebSocket(new URL(root.dataset.live, document.baseURI.replace(/^http/, "ws")));
  socket.binaryType = "blob";
  view.send = (what) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what));
  };
  const ask = asker(view);
  const says = (text) => { if (wheel.textContent !== text) wheel.textContent = text; };
  says(say.connect);
  take.hidden = true;

  socket.addEventListener("message", async ({ data }) => {
    if (data instanceof Blob) {
      await draw(view, data);
      view.send({ kind: "seen" });
      return;
    }
    const { size, dialog, wheel: at } = JSON.parse(data);
    if (size) Object.assign(view, size);
    if (at) {
      view.yours = at.yours;
      take.hidden = at.yours;
      panel.dataset.yours = at.yours ? "yes" : "no";
      says(at.yours ? say.yours : at.others ? say.others : say.nobody);
    }
    if (dialog) view.dialog = dialog.open ? dialog : null;
    if (dialog || at) ask(view.yours ? view.dialog : null);
  }, { signal: ended.signal });
  socket.addEventListener("close", ({ code }) => {
    ask(null);
    view.yours = false;
    delete panel.dataset.yours;
    take.hidden = true;
    if (code !== settledCode) {
      says(say.gone);
      const open = root.querySelector("[data-open]");
      open.hidden = false;
    }
  }, { signal: ended.signal });

  take.addEventListener("click", () => { view.send({ kind: "drive" }); canvas.focus(); }, { signal: ended.signal });
  mouse(view);
  touch(view);
  keyboard(view, says);
  writing(view);
  return { end: () => { ask(null); ended.abort(); socket.close(); } };
}

async function draw({ canvas, width, height }, data) {
  try {
    const picture = await createImageBitmap(data);
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      [canvas.width, canvas.height] = [picture.width, picture.height];
    }
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
    canvas.dataset.size = `${width}x${height}`;
  } catch {
    // a picture that cannot be read: the next one comes
  }
}

// Where AltGr, or Option on a Mac, has made a letter, it is no shortcut.
const apple = /Mac|iP/.test(navigator.platform);
const made = (e) => e.getModifierState("AltGraph") || (apple && e.altKey && !e.ctrlKey && !e.metaKey && e.key?.length === 1);
const modifiers = (e) => made(e) ? (e.shiftKey ? 8 : 0) : (e.altKey ? 1 : 0) | (e.ctrlKey ? 2 : 0) | (e.metaKey ? 4 : 0) | (e.shiftKey ? 8 : 0);

// where is a place on the watched page, in its own CSS pixels.
function where(view, e) {
  const box = view.canvas.getBoundingClientRect();
  return {
    x: ((e.clientX - box.left) / box.width) * view.width,
    y: ((e.clientY - box.top) / box.height) * view.height,
  };
}

function mouse(view) {
  const { canvas, signal } = view;
  const button = (e) => ["left", "middle", "right"][e.button] ?? "";
  const about = (e) => ({ ...where(view, e), buttons: e.buttons & 7, modifiers: modifiers(e) });
  let move = null;
  let held = false;
  const flush = () => {
    if (move) view.send(move);
    move = null;
  };
  const moved = (e) => {
    if (!view.yours || !view.width) return;
    if (!move) requestAnimationFrame(flush);
    const held = e.buttons & 1 ? "left" : e.buttons & 2 ? "right" : e.buttons & 4 ? "middle" : "";
    move = { kind: "move", button: held, ...about(e) };
  };
  canvas.addEventListener("mousedown", (e) => {
    e.preventDefault();
    canvas.focus({ preventScroll: true });
    if (!view.yours || !view.width || !button(e)) return;
    flush();
    held = true;
    view.send({ kind: "down", button: button(e), clicks: Math.min(e.detail, 3), ...about(e) });
  }, { signal });
  window.addEventListener("mouseup", (e) => {
    if (!held || !button(e)) return;
    held = e.buttons !== 0;
    flush();
    view.send({ kind: "up", button: button(e), clicks: Math.min(e.detail, 3), ...about(e) });
  }, { signal });
  window.addEventListener("mousemove", (e) => {
    if (held || e.target === canvas) moved(e);
  }, { signal });
  canvas.addEventListener("contextmenu", (e) => e.preventDefault(), { signal });
  canvas.addEventListener("wheel", (e) => {
    if (!view.yours || !view.width || e.ctrlKey) return; // with Ctrl it enlarges our page
    e.preventDefault();
    const unit = [1, 16, view.height][e.deltaMode] * (view.width / canvas.clientWidth);
    view.send({ kind: "wheel", dx: bound(e.deltaX * unit), dy: bound(e.deltaY * unit), ...about(e) });
  }, { signal, passive: false });
}

const bound = (d) => Math.max(-5000, Math.min(5000, d));

// touch: a tap becomes a click by the browser's own mouse events; a finger that
// moves scrolls the watched page; two fingers enlarge ours (touch-action).
function touch(view) {
  const { canvas, signal } = view;
  let last = null;
  canvas.addEventListener("pointerdown", (e) => { last = e.pointerType === "touch" && e.isPrimary ? e : null; }, { signal });
  canvas.addEventListener("pointermove", (e) => {
    if (!last || e.pointerId !== last.pointerId || !view.yours || !view.width) return;
    const scale = view.width / canvas.clientWidth;
    view.send({
      kind: "wheel", ...where(view, last), modifiers: 0,
      dx: bound((last.clientX - e.clientX) * scale), dy: bound((last.clientY - e.clientY) * scale),
    });
    last = e;
  }, { signal });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => { last = null; }, { signal });
  }
}

const key = (kind, e) => ({
  kind, key: e.key, code: e.code, location: e.location, repeat: e.repeat, modifiers: modifiers(e),
});

// The browser keeps what closes, opens and reloads tabs, and pasting, which
// comes as an event of its own.
const kept = (e) => (e.ctrlKey || e.metaKey) && !e.altKey && (reserved.has(e.key) || e.key.toLowerCase() === "v")
  || /^F([5-9]|1[0-2])$/.test(e.key) || e.isComposing || ["Dead", "Process", "Unidentified"].includes(e.key);

function keyboard(view, says) {
  const { canvas, signal, panel, say } = view;
  const down = new Map();
  let escapes = 0;
  canvas.addEventListener("keydown", (e) => {
    if (!view.yours) {
      if (e.key === "Escape") panel.querySelector("[data-close]").focus();
      return; // who only watches keeps the keys
    }
    if (kept(e)) return;
    e.preventDefault();
    escapes = e.key === "Escape" && !e.repeat ? escapes + 1 : 0;
    if (escapes === 2) {
      escapes = 0;
      says(say.left);
      panel.querySelector("[data-close]").focus();
      return;
    }
    down.set(e.code || e.key, { key: e.key, code: e.code });
    view.send(key("keydown", e));
  }, { signal });
  const letGo = () => {
    for (const held of down.values()) view.send({ kind: "keyup", ...held });
    down.clear();
  };
  canvas.addEventListener("keyup", (e) => {
    if (e.key === "Meta") letGo(); // a Mac tells of no other key that goes up meanwhile
    if (!view.yours || !down.delete(e.code || e.key)) return;
    e.preventDefault();
    view.send(key("keyup", e));
  }, { signal });
  canvas.addEventListener("focus", () => { if (view.yours) says(say.yours); }, { signal });
  canvas.addEventListener("blur", () => {
    letGo();
    escapes = 0;
  }, { signal });
  document.addEventListener("paste", (e) => {
    if (document.activeElement !== canvas || !view.yours) return;
    e.preventDefault();
    insert(view, e.clipboardData.getData("text/plain"));
  }, { signal });
}

// insert sends text in parts that one message holds.
function insert(view, text) {
  const letters = [...text];
  for (let i = 0; i < letters.length; i += 4000) {
    view.send({ kind: "text", text: letters.slice(i, i + 4000).join("") });
  }
}

// writing: what a person types by an on-screen keyboard or an input method. The
// field always holds one invisible letter, so that deleting is heard too.
function writing(view) {
  const field = view.panel.querySelector("textarea");
  const { signal } = view;
  const empty = "\u200b";
  const clear = () => { field.value = empty; field.setSelectionRange(1, 1); };
  const press = (name) => {
    for (const kind of ["keydown", "keyup"]) view.send({ kind, key: name, code: name });
  };
  const taken = () => {
    const text = field.value.replaceAll(empty, "");
    clear();
    if (view.yours && text) insert(view, text);
  };
  clear();
  field.addEventListener("focus", clear, { signal });
  field.addEventListener("keydown", (e) => {
    if (e.isComposing || !view.yours || !editing.has(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    for (const kind of ["keydown", "keyup"]) view.send({ ...key(kind, e), repeat: false });
  }, { signal });
  field.addEventListener("input", (e) => {
    if (e.isComposing) return;
    if (e.inputType === "deleteContentBackward") {
      clear();
      if (view.yours) press("Backspace");
    } else if (e.inputType === "insertLineBreak") {
      clear();
      if (view.yours) press("Enter");
    } else {
      taken();
    }
  }, { signal });
  field.addEventListener("compositionend", taken, { signal });
}

// asker shows the watched page's native dialogs as one of ours. There is one
// box for all views: who finds it taken asks again when it is closed.
function asker(view) {
  const box = document.getElementById("ask");
  const part = (name) => document.getElementById(`ask-${name}`);
  const { say, signal } = view;
  let asking = null;
  const ask = (dialog) => {
    if (!dialog) {
      if (asking) {
        asking = null;
        box.close();
      }
      return;
    }
    const same = asking && ["kind", "message", "default"].every((k) => asking[k] === dialog[k]);
    if (same || box.open && !asking) return;
    asking = dialog;
    box.returnValue = "no"; // what Escape leaves
    const leaves = dialog.kind === "beforeunload";
    part("text").textContent = leaves ? say.leave : dialog.message;
    part("reply").hidden = dialog.kind !== "prompt";
    part("field").value = dialog.default;
    part("yes").textContent = leaves ? say.leavepage : say.ok;
    part("no").textContent = leaves ? say.stay : say.cancel;
    part("no").hidden = dialog.kind === "alert";
    if (!box.open) box.showModal();
  };
  box.addEventListener("close", () => {
    if (asking) {
      asking = null;
      view.dialog = null;
      view.send({ kind: "dialog", accept: box.returnValue === "yes", text: part("field").value });
      view.canvas.focus();
    } else {
      setTimeout(() => { if (!signal.aborted) ask(view.yours ? view.dialog : null); });
    }
  }, { signal });
  return ask;
}
