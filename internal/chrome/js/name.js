'use strict';
// The accessible name of an element (accname-1.2 §4.3, HTML-AAM §4), simplified
// where it touches privacy: the value of a text box inside a label is left out
// (step 2C would say it), since what a person typed is no name.
((o) => {
  const fromContent = new Set([
    'button', 'link', 'option', 'radio', 'checkbox', 'menuitem', 'tab', 'heading', 'switch', 'cell', 'row',
    'menuitemradio', 'menuitemcheckbox', 'treeitem', 'columnheader', 'rowheader', 'tooltip',
  ]);
  const spaced = (display) => display !== 'inline' && display !== 'contents' && !display.startsWith('ruby');

  // Text that a style sheet adds (step 2F.i): content: "…" of ::before, ::after.
  // An alternative text after a slash wins.
  const generated = (el, which, go) => {
    if (!go.pseudo) return '';
    const style = getComputedStyle(el, which);
    const content = style.content;
    if (content === 'none' || content === 'normal' || content[0] !== '"') return '';
    if (style.display === 'none' || style.visibility !== 'visible') return '';
    const strings = [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1].replace(/\\(.)/g, '$1'));
    const said = content.includes('" / "') ? strings.at(-1) : strings.join('');
    return style.display === 'inline' ? said : ` ${said} `;
  };

  const contents = (el, go) => {
    let out = generated(el, '::before', go);
    for (const child of o.children(el)) {
      if (child.nodeType === Node.TEXT_NODE) out += child.data;
      else if (child.nodeType === Node.ELEMENT_NODE) out += part(child, go);
    }
    return out + generated(el, '::after', go);
  };

  // One element inside another whose name is its content.
  const part = (el, go) => {
    const tag = o.tag(el);
    if (tag === 'br') return ' ';
    if (tag === 'script' || tag === 'style' || tag === 'noscript' || tag === 'template') return '';
    let display = 'inline';
    if (!go.hidden) {
      const style = getComputedStyle(el);
      display = style.display;
      if (display === 'none' || display === '' || style.contentVisibility === 'hidden') return '';
      if (o.attr(el, 'aria-hidden') === 'true') return '';
      if (style.visibility !== 'visible') return '';
    }
    const said = step(el, { ...go, root: false });
    return spaced(display) ? ` ${said} ` : said;
  };

  const byId = (el, id) => {
    const root = o.rootOf(el);
    return root.getElementById ? (root.nodeType === Node.DOCUMENT_NODE ? Document : DocumentFragment).prototype.getElementById.call(root, id) : null;
  };
  const referenced = (el, go) => {
    const ids = o.attr(el, 'aria-labelledby');
    if (!ids || go.byRef) return '';
    const parts = [];
    for (const id of ids.trim().split(/\s+/)) {
      const target = byId(el, id);
      if (!target) continue;
      // A hidden element that is referenced directly gives its text (step 2A).
      const hidden = !target.checkVisibility({ visibilityProperty: true });
      parts.push(step(target, { ...go, byRef: true, root: false, hidden, seen: new Set(), content: true }));
    }
    return o.tidy(parts.join(' '));
  };

  const labels = (el, go) => {
    if (!el.labels || go.inLabel || go.byRef) return '';
    return o.tidy([...el.labels].map((l) => step(l, { ...go, root: false, inLabel: true, content: true })).join(' '));
  };
  const alt = (el) => o.tidy(o.attr(el, 'alt') ?? '');
  const buttonWords = (el) => {
    const said = o.tidy(o.attr(el, 'value') ?? '');
    if (said !== '') return said;
    if (o.has(el, 'value')) return '';
    return { submit: 'Submit', reset: 'Reset' }[el.type] ?? '';
  };
  const svgTitle = (el) => {
    for (const child of o.children(el)) if (o.isElement(child) && o.tag(child) === 'title') return o.tidy(o.text(child));
    return '';
  };
  const input = (el, go) => {
    const own = labels(el, go);
    if (own !== '') return own;
    if (el.type === 'image') return alt(el) || o.tidy(o.attr(el, 'value') ?? '') || o.tidy(o.attr(el, 'title') ?? '') || 'Submit';
    if (el.type === 'submit' || el.type === 'reset' || el.type === 'button') return buttonWords(el);
    return '';
  };
  // Step 2E: what the element's own language says.
  const native = (el, go) => {
    switch (o.tag(el)) {
      case 'input': return input(el, go);
      case 'button': case 'select': case 'textarea': case 'meter': case 'output': case 'progress': return labels(el, go);
      case 'img': case 'area': return alt(el);
      case 'svg': return svgTitle(el);
      case 'fieldset': return childNamed(el, 'legend', go);
      case 'figure': return childNamed(el, 'figcaption', go);
      case 'table': return childNamed(el, 'caption', go);
      default: return '';
    }
  };
  const childNamed = (el, tag, go) => {
    for (const child of o.children(el)) {
      if (o.isElement(child) && o.tag(child) === tag) return o.tidy(step(child, { ...go, root: false, content: true }));
    }
    return '';
  };

  const allowsContent = (el) => {
    const said = o.explicitRole(el);
    if (said !== '') return fromContent.has(said);
    const tag = o.tag(el);
    return tag === 'button' || tag === 'a' || tag === 'summary' || tag === 'option' || tag === 'area' || /^h[1-6]$/.test(tag);
  };
  const isControl = (el) => {
    const role = o.role(el);
    return role === 'textbox' || role === 'searchbox' || role === 'combobox' || role === 'listbox' || role === 'slider';
  };
  const lastResort = (el, go) => {
    const title = o.tidy(o.attr(el, 'title') ?? '');
    if (title !== '') return title;
    return go.root && o.isText(el) ? o.tidy(o.attr(el, 'placeholder') ?? o.attr(el, 'aria-placeholder') ?? '') : '';
  };

  const step = (el, go) => {
    if (go.seen.has(el)) return '';
    go.seen.add(el);
    const byOther = referenced(el, go);
    if (byOther !== '') return byOther;
    const said = o.tidy(o.attr(el, 'aria-label') ?? '');
    if (said !== '') return said;
    if (!go.root && isControl(el)) return '';
    const own = native(el, go);
    if (own !== '') return own;
    const tag = o.tag(el);
    if (tag !== 'img' && tag !== 'iframe' && tag !== 'select' && tag !== 'textarea' && (!go.root || allowsContent(el))) {
      const inside = contents(el, go);
      if (go.root ? o.tidy(inside) !== '' : inside !== '') return inside;
    }
    return lastResort(el, go);
  };

  // The name of an element. Of one that is not rendered the text counts as if it
  // were, so that a hidden twin can be told as such.
  o.name = (el, { pseudo = true, hidden = false } = {}) =>
    o.tidy(step(el, { root: true, byRef: false, inLabel: false, content: false, seen: new Set(), pseudo, hidden }));
})(globalThis.opposer);
