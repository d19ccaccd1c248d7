// The uploads, in a corner of every view.

import {h, replace} from './dom.js';
import {bytes, percent} from './format.js';
import {bar, button, glyphButton} from './parts.js';
import {t} from './texts.js';
import {addFiles, cancel, changed, clearDone, onChange, pause, recall, resumeUpload, uploads} from './uploads.js';

const MOST_SHOWN = 60;

let stop = () => {};

export function uploadsPanel() {
  stop();
  recall();
  const panel = h('section', {class: 'uploads card', 'aria-label': t.uploads});
  let drawn = 0;
  const draw = () => {
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(() => render(panel));
  };
  stop = onChange(draw);
  render(panel);
  return panel;
}

function render(panel) {
  panel.classList.toggle('hidden', uploads.length === 0);
  const done = uploads.filter(it => it.state === 'done').length;
  replace(panel,
    h('div', {class: 'row spread'}, h('h2', {}, t.uploadsDone(done, uploads.length)), done > 0 && button(t.clear, clearDone, 'plain')),
    h('ul', {}, [...uploads].sort((a, b) => order(a) - order(b)).slice(0, MOST_SHOWN).map(row)),
    uploads.length > MOST_SHOWN && h('p', {class: 'small quiet'}, t.moreUploads(uploads.length - MOST_SHOWN)));
}

function order(upload) {
  return ['failed', 'wants-file', 'running', 'paused', 'waiting', 'done'].indexOf(upload.state);
}

function row(upload) {
  const share = percent(upload.sent, upload.size || 1);
  return h('li', {class: 'upload'},
    h('div', {class: 'row spread'},
      h('bdi', {class: 'upload-name', title: upload.key}, upload.key),
      h('span', {class: 'row tight'}, actions(upload))),
    upload.state !== 'done' && bar(share, upload.key, upload.state === 'failed' ? 'bad' : ''),
    h('div', {class: 'small quiet'}, upload.error || t.uploadState(upload.state, bytes(upload.sent), bytes(upload.size))));
}

function actions(upload) {
  const named = text => `${text}: ${upload.key}`;
  return [
    upload.state === 'running' && upload.id && h('button', {type: 'button', class: 'plain', 'aria-label': named(t.pause), onclick: () => pause(upload)}, t.pause),
    (upload.state === 'paused' || upload.state === 'failed') && upload.file
      && h('button', {type: 'button', class: 'plain', 'aria-label': named(t.goOn), onclick: () => resumeUpload(upload)}, t.goOn),
    upload.state === 'wants-file' && again(upload),
    upload.state !== 'done' && glyphButton('close', named(t.cancel), () => cancel(upload)),
  ];
}

function again(upload) {
  const input = h('input', {type: 'file', class: 'hidden', tabindex: -1, 'aria-hidden': 'true', 'aria-label': t.chooseFile});
  input.addEventListener('change', () => {
    const file = input.files[0];
    if (file && file.size === upload.size) {
      upload.modified = file.lastModified;
      upload.error = '';
      const folder = upload.key.slice(0, upload.key.length - file.name.length);
      if (upload.key.endsWith(file.name)) {
        addFiles(upload.bucket, folder, [{file, name: file.name}]);
      } else {
        upload.file = file;
        resumeUpload(upload);
      }
    } else if (file) {
      upload.error = t.otherFile;
      changed();
    }
  });
  return [input, h('button', {type: 'button', class: 'plain', onclick: () => input.click()}, t.chooseFile)];
}
