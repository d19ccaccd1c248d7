// What the views are made of: dialogs, notes, tables, bars.

import {h, icon} from './dom.js';
import {t} from './texts.js';

/** What a form's action returns to leave its dialog open. */
export const STAY = Symbol('stay');

let numbers = 0;

/** A label with its field; `hint` explains, and readers hear it with the field. */
export function field(label, input, hint) {
  numbers += 1;
  input.id = `field-${numbers}`;
  if (hint) {
    input.setAttribute('aria-describedby', `hint-${numbers}`);
  }
  return h('div', {class: 'field'},
    h('label', {for: input.id}, label),
    input,
    hint && h('div', {class: 'small quiet', id: `hint-${numbers}`}, hint));
}

export function choice(type, name, label, hint, checked) {
  const input = h('input', {type, name, checked: Boolean(checked)});
  const text = h('span', {}, label, hint && h('div', {class: 'small quiet'}, hint));
  return {input, element: h('label', {class: 'choice'}, input, text)};
}

export function button(label, onclick, kind, glyph) {
  return h('button', {type: 'button', class: kind, onclick}, glyph && icon(glyph), label);
}

/** A button that shows a picture; readers hear its label. */
export function glyphButton(glyph, label, onclick) {
  return h('button', {type: 'button', class: 'plain', title: label, 'aria-label': label, onclick}, icon(glyph));
}

export function note(kind, ...content) {
  return h('div', {class: `note ${kind}`},
    icon(kind === 'good' ? 'check' : kind === 'plain' ? 'overview' : 'warn'), h('div', {}, content));
}

/** A sentence about a failure, and a way to try again. */
export function trouble(failure, retry) {
  return h('div', {class: 'note bad', role: 'alert'}, icon('warn'),
    h('div', {class: 'stack'}, failure.message,
      retry && h('div', {}, button(t.retry, retry, '', 'refresh'))));
}

export function empty(glyph, title, text, ...actions) {
  return h('div', {class: 'card empty'}, icon(glyph), h('h2', {}, title), h('p', {class: 'quiet'}, text),
    actions.length > 0 && h('div', {class: 'row'}, actions));
}

export function toast(text) {
  const shown = h('div', {class: 'toast'}, text);
  document.getElementById('toasts').append(shown);
  setTimeout(() => shown.remove(), 6000);
}

export function bar(share, label, kind = '') {
  const filled = h('span', {});
  filled.style.width = `${share}%`;
  return h('div', {class: `bar ${kind}`, role: 'meter', 'aria-label': label, 'aria-valuenow': share, 'aria-valuemin': 0, 'aria-valuemax': 100}, filled);
}

/** `columns`: {label, number}; `rows`: lists of cells, the first of which names the row. */
export function table(caption, columns, rows) {
  return h('div', {class: 'table', tabindex: 0, role: 'region', 'aria-label': caption},
    h('table', {},
      h('caption', {class: 'reader'}, caption),
      h('thead', {}, h('tr', {}, columns.map(it => h('th', {scope: 'col', class: it.number && 'number'}, it.label)))),
      h('tbody', {}, rows.map(cells => h('tr', {}, cells.map((cell, i) => i === 0
        ? h('th', {scope: 'row'}, cell)
        : h('td', {class: columns[i].number && 'number'}, cell)))))));
}

/** A list of terms with their values; those without a value are left out. */
export function pairs(list) {
  return h('dl', {class: 'pairs'}, list
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]));
}

/** Opens a dialog; returns {element, close}. Escape and the cross close it. */
export function dialog(title, content, {wide, closed} = {}) {
  numbers += 1;
  const id = `title-${numbers}`;
  const before = document.activeElement;
  const element = h('dialog', {class: wide ? 'wide' : '', 'aria-labelledby': id});
  const close = () => element.close();
  element.append(h('div', {class: 'dialog'},
    h('div', {class: 'title'}, h('h2', {id, dir: 'auto'}, title), glyphButton('close', t.close, close)),
    content));
  element.addEventListener('close', () => {
    element.remove();
    closed?.();
    if (before?.isConnected) {
      before.focus();
    }
  });
  document.body.append(element);
  element.showModal();
  return {element, close};
}

/** A dialog that does something: `act` may refuse by an exception, whose sentence is shown, or stay. */
export function form(title, fields, label, act, {kind = 'primary', wide} = {}) {
  const said = h('div', {role: 'alert'});
  const submit = h('button', {type: 'submit', class: kind}, label);
  const body = h('form', {class: 'stack', novalidate: true}, fields, said,
    h('div', {class: 'actions'}, button(t.cancel, () => opened.close()), submit));
  const opened = dialog(title, body, {wide});
  body.addEventListener('submit', async event => {
    event.preventDefault();
    submit.disabled = true;
    said.replaceChildren();
    try {
      if (await act(said) === STAY) {
        submit.disabled = false;
      } else {
        opened.close();
      }
    } catch (failure) {
      said.replaceChildren(note('bad', failure.message));
      submit.disabled = false;
    }
  });
  return {...opened, said, submit};
}

export function confirm(title, text, label, act) {
  return form(title, [h('p', {}, text)], label, act, {kind: 'danger'});
}

export function headline(title, quiet, ...actions) {
  return h('div', {class: 'headline'},
    h('div', {}, h('h1', {dir: 'auto'}, title), quiet && h('p', {class: 'quiet'}, quiet)),
    h('div', {class: 'row'}, actions));
}

export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t.copied);
  } catch {
    toast(t.notCopied);
  }
}
