// The buckets of the session's account.

import {admin, seesNodes} from './api.js';
import {h, icon, replace} from './dom.js';
import {bytes, count, date} from './format.js';
import {button, choice, empty, field, form, headline, table, toast, trouble} from './parts.js';
import {createBucket, listBuckets, setVersioning} from './store.js';
import {t} from './texts.js';

export function objectsAddress(bucket, prefix = '') {
  return `#/objects/${encodeURIComponent(bucket)}/${encodeURIComponent(prefix)}`;
}

export function buckets(content) {
  const body = h('div', {class: 'stack'}, h('p', {class: 'quiet'}, t.loading));
  let gone = false;
  const load = async () => {
    try {
      const list = await listBuckets();
      if (!gone) {
        replace(body, shown(list));
      }
    } catch (failure) {
      if (!gone) {
        replace(body, trouble(failure, load));
      }
    }
  };
  const create = button(t.createBucket, () => creation(), 'primary', 'plus');
  replace(content, headline(t.views.buckets, t.bucketsHint, button(t.openBucket, opening, ''), create), body);
  load();
  return () => {
    gone = true;
  };
}

function shown(list) {
  if (list.length === 0) {
    return empty('buckets', t.noBuckets, t.noBucketsHint, button(t.createBucket, creation, 'primary', 'plus'));
  }
  const filter = h('input', {type: 'search', placeholder: t.filterBuckets, 'aria-label': t.filterBuckets, class: 'filter'});
  const place = h('div', {});
  const draw = () => {
    const chosen = list.filter(it => it.name.includes(filter.value.trim().toLowerCase()));
    const columns = [{label: t.name}, {label: t.created}];
    if (seesNodes()) {
      columns.push({label: t.objects, number: true}, {label: t.size, number: true});
    }
    replace(place, table(t.views.buckets, columns, chosen.slice(0, 500).map(row)),
      chosen.length > 500 && h('p', {class: 'quiet small'}, t.moreBuckets(chosen.length - 500)));
  };
  filter.addEventListener('input', draw);
  draw();
  return [list.length > 8 && filter, place];
}

function row(bucket) {
  const cells = [
    h('a', {href: objectsAddress(bucket.name), class: 'named'}, icon('buckets'), bucket.name),
    date(bucket.created),
  ];
  if (seesNodes()) {
    const objects = h('span', {class: 'number'}, '…');
    const size = h('span', {class: 'number'}, '…');
    usage(bucket.name, objects, size);
    cells.push(objects, size);
  }
  return cells;
}

/** Counts buckets one after the other, so that a long list doesn't ask for all at once. */
let counting = Promise.resolve();

function usage(bucket, objects, size) {
  counting = counting.then(async () => {
    if (!document.contains(objects)) {
      return;
    }
    try {
      const counted = await admin('GET', `usage/${encodeURIComponent(bucket)}`, undefined, {unattended: true});
      objects.textContent = count(counted.objects);
      size.textContent = bytes(counted.bytes);
    } catch {
      objects.textContent = '–';
      size.textContent = '–';
    }
  });
}

function creation() {
  const name = h('input', {autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off'});
  const versions = choice('checkbox', 'versions', t.keepVersions, t.keepVersionsHint);
  const lock = choice('checkbox', 'lock', t.objectLock, t.objectLockHint);
  form(t.createBucket, [field(t.name, name, t.bucketNameHint), versions.element, lock.element], t.create, async () => {
    const wanted = name.value.trim();
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(wanted)) {
      throw new Error(t.badBucketName);
    }
    await createBucket(wanted, lock.input.checked);
    if (versions.input.checked && !lock.input.checked) {
      await setVersioning(wanted, 'Enabled');
    }
    toast(t.bucketCreated(wanted));
    location.hash = objectsAddress(wanted);
  });
}

function opening() {
  const name = h('input', {autocapitalize: 'none', spellcheck: 'false'});
  form(t.openBucket, [field(t.name, name, t.openBucketHint)], t.open, async () => {
    const wanted = name.value.trim();
    if (!wanted) {
      throw new Error(t.badBucketName);
    }
    location.hash = objectsAddress(wanted);
  });
}

