// The way in, and the public status where the operator wants one.

import {ask, signIn} from './api.js';
import {h} from './dom.js';
import {field, note} from './parts.js';
import {t} from './texts.js';

export function signInPage(logo, done) {
  const key = h('input', {name: 'access-key', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true});
  const secret = h('input', {name: 'secret-key', type: 'password', autocomplete: 'current-password', required: true});
  const said = h('div', {role: 'alert'});
  const submit = h('button', {type: 'submit', class: 'primary'}, t.signIn);
  const form = h('form', {class: 'card stack', novalidate: true},
    field(t.accessKey, key), field(t.secretKey, secret, t.secretHint), said, submit);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    submit.disabled = true;
    said.replaceChildren();
    try {
      await signIn(key.value.trim(), secret.value.trim());
      done();
    } catch (failure) {
      said.replaceChildren(note('bad', failure.message));
      submit.disabled = false;
    }
  });
  const status = h('div', {});
  publicStatus(status);
  queueMicrotask(() => key.focus());
  return h('main', {class: 'gate'}, h('div', {class: 'brand'}, logo(), h('h1', {}, 'Rondo')), form, status);
}

async function publicStatus(place) {
  try {
    const answers = await ask('GET', '/api/status');
    if (answers.live === undefined) {
      return;
    }
    const wrong = Object.entries(answers).filter(([, good]) => !good).map(([question]) => t.questions[question].no);
    place.replaceChildren(wrong.length === 0
      ? note('good', t.allWell)
      : note('warn', wrong.map(text => h('div', {}, text))));
  } catch {
    place.replaceChildren();
  }
}
