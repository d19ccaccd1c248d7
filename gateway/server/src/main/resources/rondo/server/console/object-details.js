// One object: what it is, a preview, its versions, a link to share.

import {s3Url} from './api.js';
import {deletion} from './deletion.js';
import {h, icon, replace} from './dom.js';
import {bytes, count, date} from './format.js';
import {button, confirm, dialog, note, pairs, table, toast, trouble} from './parts.js';
import {preview} from './preview.js';
import {share} from './share.js';
import {deleteVersion, head, listVersions, restoreVersion, versioning, walk} from './store.js';
import {t} from './texts.js';

const MOST_VERSIONS = 200;

/** Removes the delete marker that hides an object. */
export function undelete(bucket, entry) {
  return deleteVersion(bucket, entry.key, entry.version);
}

export function downloadUrl(bucket, key, version) {
  const name = key.split('/').filter(Boolean).pop() || 'object';
  return s3Url(bucket, key, {
    versionId: version,
    'response-content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
  });
}

export function details(bucket, entry, changed) {
  const body = h('div', {class: 'stack'}, h('p', {class: 'quiet'}, t.loading));
  const opened = dialog(entry.key, body, {wide: true});
  const load = async () => {
    try {
      const about = entry.marker ? null : await head(bucket, entry.key, entry.version);
      replace(body, about ? ofObject(bucket, entry, about, changed, opened.close) : note('plain', t.isMarker),
        versions(bucket, entry, changed, opened.close));
    } catch (failure) {
      replace(body, trouble(failure, load));
    }
  };
  load();
}

function ofObject(bucket, entry, about, changed, close) {
  return [
    h('div', {class: 'row'},
      h('a', {class: 'button primary', href: downloadUrl(bucket, entry.key, entry.version), download: ''}, icon('download'), t.download),
      button(t.share, () => share(bucket, entry.key, entry.version), '', 'link'),
      button(t.delete, async () => {
        const keeps = await versioning(bucket).catch(() => '');
        close();
        deletion(bucket, [entry], keeps, changed);
      }, '', 'deleted')),
    preview(bucket, entry.key, entry.version, about),
    pairs([
      [t.size, `${bytes(about.size)} (${count(about.size)} B)`],
      [t.type, about.type],
      [t.modified, date(about.modified)],
      [t.etag, h('code', {}, about.etag)],
      [t.versionId, about.version && h('code', {}, about.version)],
      [t.storageClass, about.storage],
      [t.encryption, about.encryption],
      [t.legalHold, about.hold === 'ON' ? t.on : ''],
      [t.lockedUntil, about.until && date(about.until)],
    ]),
  ];
}

function versions(bucket, entry, changed, close) {
  const place = h('div', {class: 'stack'});
  const load = async () => {
    const all = [];
    try {
      await walk(listVersions, bucket, entry.key, entries => all.push(...entries.filter(it => it.key === entry.key)));
    } catch {
      return; // Who may not list versions sees none.
    }
    if (all.length > 1 || all.some(it => it.marker)) {
      replace(place, h('h3', {}, t.versionsCount(all.length)), table(t.versionsCount(all.length),
        [{label: t.modified}, {label: t.size, number: true}, {label: t.whatToDo}],
        all.slice(0, MOST_VERSIONS).map(it => version(bucket, it, changed, close))));
    }
  };
  load();
  return place;
}

function version(bucket, it, changed, close) {
  const act = (work, told) => async () => {
    try {
      await work();
      toast(told);
      close();
      changed();
    } catch (failure) {
      toast(failure.message);
    }
  };
  return [
    [date(it.modified), ' ', it.marker ? h('span', {class: 'tag bad'}, t.deleted) : it.latest && h('span', {class: 'tag good'}, t.current)],
    it.marker ? '' : bytes(it.size),
    h('div', {class: 'row'},
      it.marker && it.latest && button(t.undelete, act(() => undelete(bucket, it), t.undeleted(it.key)), 'plain'),
      !it.marker && h('a', {class: 'button', href: downloadUrl(bucket, it.key, it.version), download: ''}, t.download),
      !it.marker && !it.latest && button(t.makeCurrent, act(() => restoreVersion(bucket, it.key, it.version), t.madeCurrent), 'plain'),
      button(t.deleteThis, () => confirm(t.deleteThis, t.deleteThisHint, t.deleteThis,
        () => act(() => deleteVersion(bucket, it.key, it.version), t.deletedCount(1))()), 'plain')),
  ];
}
