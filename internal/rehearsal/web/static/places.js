"use strict";
// For tests with real hands on a real screen: tells the site what can be pressed
// here and where it is, whenever that has changed and come to rest. Put in first
// and only when the site was started with Options.Places.
(() => {
  let doc = crypto.randomUUID();
  const roots = new Set([document]);
  const frames = new Map(); // iframe → its number
  let frame = null; // the number of this document's frame in the document around
  let count = 0, told = "", watched = false, looking = false;

  // Closed shadow roots are seen too: a person sees them.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (settings) {
    const root = attach.call(this, settings);
    roots.add(root);
    observe(root);
    return root;
  };

  const all = (selector) => [...roots].flatMap((root) => [...root.querySelectorAll(selector)]).filter((node) => node.isConnected);
  const flat = (text) => (text || "").replace(/\s+/g, " ").trim();

  const roleOf = (node) => {
    const role = node.getAttribute("role");
    if (role) return role;
    const tag = node.localName, type = node.type;
    if (tag === "a") return "link";
    if (tag === "button" || tag === "summary" || (tag === "input" && /^(submit|button|image|reset)$/.test(type))) return "button";
    if (tag === "input" && (type === "checkbox" || type === "radio")) return type;
    if (tag === "select") return "combobox";
    return tag === "iframe" ? "iframe" : "textbox";
  };

  // The accessible name, in the order of accname 1.2 §4.3, without its rarer cases.
  const nameOf = (node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map((id) => node.getRootNode().getElementById(id)).filter(Boolean).map((other) => other.textContent);
    if (by.length) return flat(by.join(" "));
    const label = flat(node.getAttribute("aria-label"));
    if (label) return label;
    if (node.labels && node.labels.length) return flat([...node.labels].map((other) => other.textContent).join(" "));
    if (node.localName === "input" && /^(submit|button|reset)$/.test(node.type)) return flat(node.value);
    const own = /^(input|textarea|select|iframe)$/.test(node.localName) ? "" : flat(node.textContent);
    return own || flat(node.getAttribute("alt") || node.title || node.placeholder);
  };

  // Whether a press in the middle would meet the node, or something inside of it.
  const meets = (node, x, y) => {
    const hit = node.getRootNode().elementFromPoint(x, y);
    return Boolean(hit) && (node === hit || node.contains(hit) || [...(node.labels || [])].some((label) => label.contains(hit)));
  };

  const boxOf = (node) => {
    const rect = node.getBoundingClientRect();
    return { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2, w: rect.width, h: rect.height, left: rect.left, top: rect.top };
  };

  const pressable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=checkbox], " +
    "[role=link], [role=radio], [role=option], [role=combobox], [role=textbox], [role=switch]";

  const controls = () => all(pressable).map((node) => {
    const box = boxOf(node);
    return {
      name: nameOf(node), role: roleOf(node), x: box.x, y: box.y,
      seen: box.w > 0 && box.h > 0 && meets(node, box.x, box.y), enabled: !node.disabled,
    };
  });

  const numberOf = (node) => {
    if (!frames.has(node)) frames.set(node, frames.size + 1);
    return frames.get(node);
  };

  // Where a frame's own top left corner is here. What covers the middle of its
  // part in view covers all of it.
  const within = () => all("iframe").map((node) => {
    const box = boxOf(node);
    const x = (Math.max(box.left, 0) + Math.min(box.left + box.w, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.top + box.h, innerHeight)) / 2;
    return {
      number: numberOf(node), x: box.left + node.clientLeft, y: box.top + node.clientTop,
      w: node.clientWidth, h: node.clientHeight, seen: meets(node, x, y),
    };
  });

  // The page's corner on the screen. A window has its bars on top and, where it has
  // any, borders of one width on the other sides.
  const corner = () => {
    if (parent !== window) return { x: 0, y: 0 };
    const side = Math.max(0, (outerWidth - innerWidth) / 2);
    return { x: screenX + side, y: screenY + Math.max(0, outerHeight - innerHeight - side) };
  };

  const look = () => ({
    parent: frame && frame.doc, frame: frame && frame.number, top: parent === window,
    corner: corner(), view: { x: innerWidth, y: innerHeight }, scale: devicePixelRatio, controls: controls(), frames: within(),
  });

  const tell = (report) => {
    count += 1;
    const body = JSON.stringify({ doc, count, address: location.href, ...report });
    return fetch("/ajax/places/", { method: "POST", body, keepalive: body.length < 60000 }).catch(() => {});
  };

  const frameAfter = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

  // Looks until two looks in a row are the same, then tells; meanwhile nothing counts.
  const settle = (before) => {
    const now = JSON.stringify(look());
    if (now !== before) return frameAfter(() => settle(now));
    looking = false;
    if (now === told) return;
    told = now;
    tell(JSON.parse(now));
  };

  const changed = () => {
    if (looking || !watched) return;
    const now = JSON.stringify(look());
    if (now === told) return;
    looking = true;
    if (told) tell({ moving: true });
    told = "";
    frameAfter(() => settle(now));
  };

  const observe = (root) => new MutationObserver(changed)
    .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });

  // A frame of another site cannot know where it stands: it asks the document around
  // which of its frames it is, and the site adds up.
  addEventListener("message", (event) => {
    if (event.data && event.data.places === "where" && event.source) {
      const node = all("iframe").find((one) => one.contentWindow === event.source);
      if (node) event.source.postMessage({ places: "here", doc, number: numberOf(node) }, "*");
    } else if (event.data && event.data.places === "here" && event.source === parent) {
      frame = { doc: event.data.doc, number: event.data.number };
      changed();
    }
  });

  const begin = () => {
    watched = true;
    if (parent !== window) parent.postMessage({ places: "where" }, "*");
    observe(document);
    changed();
    // What makes no event: a window that is moved, a transition's end in a frame.
    setInterval(changed, 500);
  };
  addEventListener("load", begin);
  for (const kind of ["scroll", "resize", "transitionend", "animationend", "focusin", "input"]) addEventListener(kind, changed, true);
  // A page that comes back from the browser's memory begins anew: it was told as gone.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    [doc, count, told, looking] = [crypto.randomUUID(), 0, "", false];
    changed();
  });
  addEventListener("pagehide", () => {
    navigator.sendBeacon("/ajax/places/", JSON.stringify({ doc, count: count + 1, gone: true }));
  });
})();
