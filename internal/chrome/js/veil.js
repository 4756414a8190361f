'use strict';
// A veil over what a picture must not show: what every field holds, and every
// text shaped like an e-mail address or a telephone number. It is made of style
// sheets adopted from our world and of a highlight (CSS Custom Highlight API):
// no node and no attribute changes, so no observer of the page's is called.
((o) => {
  const grey = '#8a8d91';
  const unseen = 'color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; ' +
    '-webkit-text-stroke: 0 !important; text-decoration-color: transparent !important; transition: none !important;';
  const plain = ['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'range', 'color'].map((t) => `[type=${t} i]`).join(',');
  const editable = '[contenteditable]:not([contenteditable=false i])';
  const general = (name) => `
    input:not(${plain}), textarea, select, select *, ${editable}, ${editable} * { ${unseen} caret-color: transparent !important; }
    ::placeholder { -webkit-text-fill-color: currentcolor !important; }
    ::selection { -webkit-text-fill-color: transparent !important; color: transparent !important; text-shadow: none !important; }
    ::highlight(${name}) { color: transparent !important; -webkit-text-fill-color: transparent !important; background-color: ${grey} !important; text-shadow: none !important; text-decoration: none !important; }`;
  const blanket = `*, *::before, *::after, ::placeholder, ::marker { ${unseen} }`;
  const bar = `background-image: linear-gradient(${grey}, ${grey}) !important; background-repeat: no-repeat !important; background-origin: content-box !important;
    background-clip: content-box !important; background-size: 60% 0.8em !important; background-position: 0 50% !important;`;

  // Shapes. Over-masking is no harm, but a date is none of them.
  const shapes = /[^\s<>()@＠]+[@＠][^\s<>()@＠]*[^\s<>()@＠.,;:!?]|[+(]?\p{Nd}(?:[\s.\-‐-―/()]{0,3}\p{Nd}){6,}/gu;
  const date = /^(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})$/;
  const shaped = (s) => [...s.matchAll(shapes)].filter((m) => !date.test(m[0]));

  // Every root with its text: lines of text nodes that stand in one line, and
  // what a style sheet says.
  const quiet = new Set(['script', 'style', 'noscript', 'template', 'head', 'textarea', 'select', 'iframe']);
  const collect = () => {
    const found = { roots: [], fields: [], lines: [], spoken: [] };
    let line = [];
    const end = () => {
      if (line.length > 0) found.lines.push(line);
      line = [];
    };
    const visit = (el) => {
      const tag = o.tag(el);
      if (tag === 'input' || tag === 'textarea' || tag === 'select' || (o.has(el, 'contenteditable') && o.isText(el))) found.fields.push(el);
      if (quiet.has(tag)) return;
      if (tag === 'br') {
        end();
        return;
      }
      const display = getComputedStyle(el).display;
      const apart = !(display === 'contents' || display.startsWith('inline'));
      if (display === 'none') return;
      if (apart) end();
      for (const part of ['::before', '::after']) {
        if (shaped(getComputedStyle(el, part).content).length > 0) found.spoken.push({ el, part });
      }
      const root = o.shadow(el);
      if (root !== null) found.roots.push(root);
      for (const child of o.children(el)) {
        if (child.nodeType === Node.TEXT_NODE) line.push(child);
        else if (o.isElement(child)) visit(child);
      }
      if (apart) end();
    };
    found.roots.push(document);
    const html = o.html(document);
    if (html !== null) visit(html);
    end();
    return found;
  };

  // The ranges of all shapes, also of one that spans several elements.
  const ranges = (lines) => {
    const out = [];
    for (const line of lines) {
      const whole = line.map((n) => n.data).join('');
      if (!/[@＠]|\p{Nd}/u.test(whole)) continue;
      for (const m of shaped(whole)) out.push(rangeOf(line, m.index, m.index + m[0].length));
    }
    return out;
  };
  const rangeOf = (line, from, to) => {
    const range = document.createRange();
    let at = 0;
    for (const node of line) {
      const end = at + node.data.length;
      if (from >= at && from < end) range.setStart(node, from - at);
      if (to > at && to <= end) range.setEnd(node, to - at);
      at = end;
    }
    return range;
  };

  // A selector that finds one element without marking it.
  const path = (el) => {
    const steps = [];
    for (let n = el; n !== null && n.nodeType === Node.ELEMENT_NODE; n = o.up(n)) {
      const up = o.up(n);
      let i = 1;
      for (let c = up === null ? null : o.first(up); c !== null && c !== n; c = o.next(c)) if (o.isElement(c)) i++;
      steps.unshift(`:nth-child(${i})`);
    }
    return steps.join('>');
  };
  const filled = (el) => {
    if (o.tag(el) !== 'input') return o.text(el) !== '' || (el.value ?? '') !== '';
    return el.value !== '' && !['checkbox', 'radio', 'range', 'color', 'hidden', 'image'].includes(el.type);
  };
  const buttons = ['button', 'submit', 'reset'];
  const ruleFor = (el) => {
    let rules = '';
    if (o.tag(el) === 'input' && buttons.includes(el.type)) {
      if (shaped(el.value).length > 0) rules += `${path(el)} { ${unseen} }`;
    } else if (filled(el)) rules += `${path(el)} { ${unseen} ${bar} }`;
    const hint = o.attr(el, 'placeholder') ?? '';
    if (shaped(hint).length > 0) rules += `${path(el)}::placeholder { ${unseen} }`;
    return rules;
  };
  const masked = (el, part) => {
    const style = getComputedStyle(el, part);
    return style.webkitTextFillColor === 'rgba(0, 0, 0, 0)' || style.visibility === 'hidden';
  };

  let veil = null;
  const adopt = (root, text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    veil.sheets.push({ root, sheet });
  };

  // Puts the veil on. All says to hide every text; frames are elements whose
  // frame could not be veiled. Tells whether it holds.
  o.veil = (all, frames) => {
    o.unveil();
    const name = `o${crypto.randomUUID().replaceAll('-', '')}`;
    const found = collect();
    veil = { all, name, sheets: [], roots: found.roots, ranges: ranges(found.lines) };
    const highlight = new Highlight(...veil.ranges);
    highlight.priority = 2 ** 31 - 1;
    CSS.highlights.set(name, highlight);
    const hidden = frames.map((ref) => o.element(ref)).filter((el) => el !== null);
    for (const root of found.roots) {
      const own = (el) => o.rootOf(el) === root;
      adopt(root, general(name) + (all ? blanket : '') + found.fields.filter(own).map(ruleFor).join('\n') +
        found.spoken.filter(({ el }) => own(el)).map(({ el, part }) => `${path(el)}${part} { ${unseen} }`).join('\n') +
        hidden.filter(own).map((el) => `${path(el)} { visibility: hidden !important; }`).join('\n'));
    }
    return hold(found.fields);
  };
  // A page's own inline !important is stronger than ours: such a field is hidden.
  const hold = (fields) => {
    const loose = fields.filter((el) => filled(el) && !buttons.includes(el.type) && !masked(el));
    for (const el of loose) adopt(o.rootOf(el), `${path(el)} { visibility: hidden !important; transition: none !important; }`);
    return loose.every((el) => masked(el));
  };

  // Takes the veil off; tells whether it still covered everything at the end.
  o.unveil = () => {
    if (veil === null) return true;
    const now = collect();
    const covered = now.roots.every((r) => veil.roots.includes(r)) &&
      (veil.all || (ranges(now.lines).every(covers(veil.ranges)) && now.spoken.every(({ el, part }) => masked(el, part))));
    CSS.highlights.delete(veil.name);
    for (const { root, sheet } of veil.sheets) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((s) => s !== sheet);
    veil = null;
    return covered;
  };
  const covers = (kept) => {
    const by = new Map();
    for (const r of kept) by.set(r.startContainer, [...(by.get(r.startContainer) ?? []), r]);
    return (r) => (by.get(r.startContainer) ?? []).some((k) => k.startOffset <= r.startOffset && k.comparePoint(r.endContainer, r.endOffset) <= 0);
  };
})(globalThis.opposer);
