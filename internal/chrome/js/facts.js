'use strict';
// What is told of one thing that can be acted on, besides where it stands.
// Passwords are never read, nor is anything hidden by type.
((o) => {
  const put = (out, key, value) => {
    if (value !== '' && value !== null && value !== undefined && value !== false) out[key] = value;
  };
  const formOf = (el) => {
    const said = o.has(el, 'formaction') ? el.formAction : '';
    if (said !== '') return said;
    const form = el.form ?? null;
    return form === null ? '' : o.formAction(form);
  };

  // What a field shows, raw: it becomes an observation as soon as it is read.
  o.value = (el) => {
    const tag = o.tag(el);
    if (tag === 'input') return el.type === 'password' || !o.isText(el) ? undefined : el.value;
    if (tag === 'textarea') return el.value;
    if (tag === 'select') return el.selectedIndex >= 0 && el.value !== '' ? o.tidy(el.options[el.selectedIndex].label) : '';
    return o.tidy(el.innerText ?? o.text(el));
  };

  o.disabled = (el, inert) => {
    if (inert || o.matches(el, ':disabled')) return true;
    for (let n = el; n !== null; n = o.parent(n)) {
      if (!o.isElement(n)) continue;
      const said = o.attr(n, 'aria-disabled');
      if (said === 'true') return true;
      if (said === 'false') return false;
    }
    return false;
  };
  o.inert = (el) => {
    for (let n = el; n !== null; n = o.parent(n)) if (o.isElement(n) && o.has(n, 'inert')) return true;
    return false;
  };
  o.readOnly = (el) => {
    const tag = o.tag(el);
    if ((tag === 'input' || tag === 'textarea') && el.readOnly) return true;
    return o.attr(el, 'aria-readonly') === 'true';
  };
  o.checked = (el) => (o.isToggle(el) ? el.checked : o.attr(el, 'aria-checked') === 'true');

  const field = (el, tag, out) => {
    put(out, 'autocomplete', o.attr(el, 'autocomplete'));
    put(out, 'placeholder', o.attr(el, 'placeholder') ?? o.attr(el, 'aria-placeholder'));
    put(out, 'required', el.required === true || o.attr(el, 'aria-required') === 'true');
    put(out, 'readOnly', o.readOnly(el));
    put(out, 'invalid', o.matches(el, ':user-invalid') || !['', 'false'].includes(o.attr(el, 'aria-invalid') ?? ''));
    if ((tag === 'input' || tag === 'textarea') && el.maxLength > 0) out.maxLength = el.maxLength;
    if (tag === 'select') Object.assign(out, { options: [...el.options].map((x) => o.tidy(x.label)), selected: el.selectedIndex });
    const raw = o.value(el);
    if (raw !== undefined && !o.isToggle(el)) out.raw = raw;
  };

  const fields = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'radio', 'checkbox', 'slider']);
  o.facts = (el, tag, role, out) => {
    out.tag = tag;
    if (tag === 'input' || tag === 'button' || tag === 'select' || tag === 'textarea') put(out, 'type', el.type);
    put(out, 'nameAttr', o.attr(el, 'name'));
    put(out, 'idAttr', o.attr(el, 'id'));
    if (role === 'link') put(out, 'href', tag === 'a' || tag === 'area' ? String(el.href.baseVal ?? el.href) : o.attr(el, 'href'));
    if (tag === 'img') put(out, 'src', el.currentSrc || el.src);
    if (tag === 'iframe' || tag === 'input' && el.type === 'image') put(out, 'src', el.src);
    if (tag === 'input' || tag === 'button' || tag === 'select' || tag === 'textarea') put(out, 'action', formOf(el));
    if (fields.has(role)) field(el, tag, out);
    if (role === 'radio' || role === 'checkbox' || role === 'option') put(out, 'checked', o.checked(el) || o.attr(el, 'aria-selected') === 'true');
  };
})(globalThis.opposer);
