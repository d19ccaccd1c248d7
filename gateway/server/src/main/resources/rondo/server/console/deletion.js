// Deletes what was chosen, and says before how many objects and versions that means.

import {h, replace} from './dom.js';
import {count, plural} from './format.js';
import {choice, form, note, toast} from './parts.js';
import {deleteObjects, listObjects, listVersions, walk} from './store.js';
import {t} from './texts.js';

const AT_ONCE = 1000;

/** `keeps`: the bucket's versioning; `chosen`: folders, objects or versions. */
export function deletion(bucket, chosen, keeps, done) {
  const versions = chosen.some(entry => entry.version);
  const markers = choice('radio', 'how', t.deleteSoft, t.deleteSoftHint, true);
  const forGood = choice('radio', 'how', t.deleteHard, t.deleteHardHint);
  const sum = h('div', {'aria-live': 'polite'}, h('p', {class: 'quiet'}, t.counting(0)));
  const ways = keeps && !versions ? h('fieldset', {class: 'stack plain'}, h('legend', {class: 'reader'}, t.delete), markers.element, forGood.element) : null;
  let found = null;
  const opened = form(t.deleteTitle(chosen.length), [ways, sum], t.delete, async said => {
    const targets = forGood.input.checked || versions ? found.versions : found.objects;
    await remove(bucket, targets, said);
    toast(t.deletedCount(targets.length));
    done();
  }, {kind: 'danger'});
  opened.submit.disabled = true;
  const tell = () => {
    const hard = versions || forGood.input.checked;
    const targets = hard ? found.versions : found.objects;
    opened.submit.textContent = t.deleteButton(targets.length);
    opened.submit.disabled = targets.length === 0;
    replace(sum, note(keeps && !hard ? 'plain' : 'warn', sentence(found, hard, keeps)));
  };
  markers.input.addEventListener('change', tell);
  forGood.input.addEventListener('change', tell);
  collect(bucket, chosen, keeps, n => opened.element.isConnected && replace(sum, h('p', {class: 'quiet'}, t.counting(n))))
    .then(all => {
      found = all;
      tell();
    })
    .catch(failure => replace(sum, note('bad', failure.message)));
}

function sentence(found, hard, keeps) {
  const objects = plural(found.objects.length, t.object, t.objectsWord);
  const versions = plural(found.versions.length, t.version, t.versionsWord);
  if (hard && keeps) {
    return t.meansVersions(versions);
  }
  if (hard) {
    return t.meansVersions(versions);
  }
  return keeps ? t.meansMarkers(objects, versions) : t.meansObjects(objects);
}

/** All objects and versions that the choice means. */
async function collect(bucket, chosen, keeps, told) {
  const found = {objects: [], versions: []};
  for (const entry of chosen) {
    if (entry.folder) {
      await walk(listObjects, bucket, entry.key, entries => {
        found.objects.push(...entries.map(it => ({key: it.key})));
        told(found.objects.length);
      });
      if (keeps) {
        await walk(listVersions, bucket, entry.key, entries => found.versions.push(...entries.map(named)));
      }
    } else if (entry.version) {
      found.versions.push(named(entry));
    } else {
      found.objects.push({key: entry.key});
      if (keeps) {
        await walk(listVersions, bucket, entry.key, entries =>
          found.versions.push(...entries.filter(it => it.key === entry.key).map(named)));
      }
    }
  }
  return found;
}

function named(entry) {
  return {key: entry.key, version: entry.version};
}

async function remove(bucket, targets, said) {
  const stayed = [];
  for (let from = 0; from < targets.length; from += AT_ONCE) {
    stayed.push(...await deleteObjects(bucket, targets.slice(from, from + AT_ONCE)));
    replace(said, h('p', {class: 'quiet'}, t.deletedOf(count(Math.min(targets.length, from + AT_ONCE)), count(targets.length))));
  }
  if (stayed.length > 0) {
    throw new Error(t.stayed(stayed.length, stayed[0].key, stayed[0].why));
  }
}
