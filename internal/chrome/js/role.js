'use strict';
// What an element is to a person who acts: its role, explicit (WAI-ARIA 1.2) or
// implicit (HTML-AAM), folded to the few that locate knows: a switch is a
// checkbox, a spinbutton and a password box are textboxes, a summary is a button.
((o) => {
  const folded = {
    button: 'button', link: 'link', textbox: 'textbox', searchbox: 'searchbox', combobox: 'combobox',
    listbox: 'listbox', option: 'option', radio: 'radio', checkbox: 'checkbox', switch: 'checkbox',
    spinbutton: 'textbox', img: 'img', image: 'img', menuitem: 'menuitem', menuitemradio: 'radio',
    menuitemcheckbox: 'checkbox', tab: 'tab', treeitem: 'option', slider: 'slider',
  };
  const inputs = {
    button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button',
    checkbox: 'checkbox', radio: 'radio', search: 'searchbox', range: 'slider', hidden: '',
  };
  const input = (el) => {
    const type = el.type;
    if (type in inputs) return inputs[type];
    return type !== 'range' && el.list !== null ? 'combobox' : 'textbox';
  };
  const native = {
    a: (el) => (o.has(el, 'href') ? 'link' : ''),
    area: (el) => (o.has(el, 'href') ? 'link' : ''),
    button: () => 'button',
    summary: (el) => (o.up(el) !== null && o.isElement(o.up(el)) && o.tag(o.up(el)) === 'details' ? 'button' : ''),
    input,
    textarea: () => 'textbox',
    select: (el) => (el.multiple || el.size > 1 ? 'listbox' : 'combobox'),
    img: () => 'img',
    iframe: () => 'iframe',
    frame: () => 'iframe',
  };
  const editable = (el) => {
    const v = o.attr(el, 'contenteditable');
    return v !== null && v.toLowerCase() !== 'false';
  };

  // The first role token that is known counts (WAI-ARIA 1.2 §5.4); a presentational
  // one is ignored on what can be focused (§7.1), as everything native here can.
  o.explicitRole = (el) => {
    const said = o.attr(el, 'role');
    if (said === null) return '';
    for (const token of said.toLowerCase().trim().split(/\s+/)) if (token !== '') return token;
    return '';
  };
  o.role = (el) => {
    const tag = o.tag(el);
    const own = Object.hasOwn(native, tag) ? native[tag](el) : '';
    if (own === 'iframe') return own;
    const said = o.has(el, 'role') ? o.explicitRole(el) : '';
    if (Object.hasOwn(folded, said) && !(tag === 'input' && el.type === 'hidden')) return folded[said];
    if (said === 'presentation' || said === 'none') return own === 'img' ? '' : own;
    if (own !== '') return own;
    return o.has(el, 'contenteditable') && editable(el) ? 'textbox' : '';
  };
  o.headingLevel = (el, tag, said) => {
    if (said === 'heading') return Math.min(6, Math.max(1, Number.parseInt(o.attr(el, 'aria-level') ?? '2', 10) || 2));
    if (said === '' && tag.length === 2 && tag[0] === 'h' && tag[1] >= '1' && tag[1] <= '6') return Number(tag[1]);
    return 0;
  };
  // Fields whose text a person can change.
  o.isText = (el) => {
    const tag = o.tag(el);
    if (tag === 'textarea') return true;
    if (tag !== 'input') return tag !== 'select' && o.has(el, 'contenteditable') && editable(el);
    return !(el.type in inputs) || el.type === 'search';
  };
  o.isToggle = (el) => o.tag(el) === 'input' && (el.type === 'checkbox' || el.type === 'radio');
})(globalThis.opposer);
