// Shows what an object has. It is in a sandbox of its own, whatever it says it is.

import {s3Url} from './api.js';
import {h, replace} from './dom.js';
import {bytes} from './format.js';
import {note} from './parts.js';
import {beginning} from './store.js';
import {t} from './texts.js';

const MOST_TEXT = 64 * 1024;
const MOST_IMAGE = 64 * 1024 * 1024;
const TEXT = /^(text\/|application\/(json|xml|yaml|toml|javascript|x-sh|sql|x-ndjson))|[+](json|xml)$/;
const TEXT_NAMES = /\.(txt|md|csv|tsv|log|json|xml|ya?ml|toml|ini|conf|properties|java|py|js|ts|go|rs|c|h|sh|sql|css|html?)$/i;

export function preview(bucket, key, version, about) {
  const url = s3Url(bucket, key, {versionId: version});
  const type = about.type.split(';')[0].trim().toLowerCase();
  if (about.size === 0) {
    return note('plain', t.isEmpty);
  }
  if (type.startsWith('image/') && about.size <= MOST_IMAGE) {
    const image = h('img', {src: url, alt: t.pictureOf(key), class: 'shown'});
    image.addEventListener('error', () => image.replaceWith(note('plain', t.cannotShow)));
    return h('figure', {class: 'preview'}, image);
  }
  if (type.startsWith('video/')) {
    return h('figure', {class: 'preview'}, h('video', {src: url, controls: true, preload: 'metadata', class: 'shown', 'aria-label': key}));
  }
  if (type.startsWith('audio/')) {
    return h('figure', {class: 'preview'}, h('audio', {src: url, controls: true, preload: 'metadata', 'aria-label': key}));
  }
  if (type === 'application/pdf') {
    return h('figure', {class: 'preview'}, h('iframe', {src: url, title: key, class: 'shown page'}));
  }
  return TEXT.test(type) || TEXT_NAMES.test(key) ? text(bucket, key, version, about) : note('plain', t.noPreview);
}

function text(bucket, key, version, about) {
  const place = h('figure', {class: 'preview'}, h('p', {class: 'quiet'}, t.loading));
  beginning(bucket, key, version, MOST_TEXT)
    .then(content => replace(place,
      h('pre', {tabindex: 0, role: 'region', 'aria-label': key, dir: 'auto'}, content),
      about.size > MOST_TEXT && h('p', {class: 'small quiet'}, t.firstBytes(bytes(MOST_TEXT), bytes(about.size)))))
    .catch(failure => replace(place, note('bad', failure.message)));
  return place;
}
