// A link that gives anyone one object for a while.

import {ask} from './api.js';
import {h, replace} from './dom.js';
import {date} from './format.js';
import {button, copied, field, form, STAY} from './parts.js';
import {t} from './texts.js';

export function share(bucket, key, version) {
  const lasts = h('select', {}, Object.entries(t.lifetimes).map(([seconds, label]) => h('option', {value: seconds}, label)));
  lasts.value = '86400';
  const place = h('div', {class: 'stack'});
  form(t.shareTitle, [h('p', {class: 'quiet'}, t.shareHint), field(t.lasts, lasts), place], t.makeLink, async () => {
    const link = await ask('POST', '/api/share', {bucket, key, versionId: version || '', seconds: Number(lasts.value)});
    const shown = h('input', {readonly: true, value: link.url});
    replace(place, field(t.link, shown, t.until(date(link.expires))), h('div', {}, button(t.copy, () => copied(link.url), '', 'link')));
    shown.select();
    return STAY;
  });
}
