// Uploads: several at once, large ones in parts, which pause and go on, also after a reload.

import {elements, s3, session, textOf} from './api.js';
import {crc32Base64} from './crc32.js';
import {t} from './texts.js';

const MIB = 1024 * 1024;
const LEAST_PART = 8 * MIB;
const MOST_PARTS = 9000;
const FILES_AT_ONCE = 3;
const PARTS_AT_ONCE = 3;
const RETRIES = 4;
const KEPT = 'rondo-uploads';

const listeners = new Set();
const uploadedListeners = new Set();
export const uploads = [];

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function onUploaded(listener) {
  uploadedListeners.add(listener);
  return () => uploadedListeners.delete(listener);
}

export function changed() {
  listeners.forEach(listener => listener());
}

/** `files`: {file, name}, where a name may have folders in it. */
export function addFiles(bucket, prefix, files) {
  for (const {file, name} of files) {
    const key = prefix + name;
    const waiting = uploads.find(it => it.state === 'wants-file' && it.bucket === bucket && it.key === key && fits(it, file));
    if (waiting) {
      waiting.file = file;
      waiting.state = 'waiting';
    } else {
      uploads.push({bucket, key, file, size: file.size, modified: file.lastModified, sent: 0, state: 'waiting', requests: new Set()});
    }
  }
  changed();
  next();
}

function fits(upload, file) {
  return upload.size === file.size && upload.modified === file.lastModified;
}

export function pause(upload) {
  upload.state = 'paused';
  upload.requests.forEach(request => request.abort());
  changed();
  next();
}

export function resumeUpload(upload) {
  if (upload.file) {
    upload.state = 'waiting';
    upload.error = '';
    changed();
    next();
  }
}

export async function cancel(upload) {
  upload.state = 'cancelled';
  upload.requests.forEach(request => request.abort());
  uploads.splice(uploads.indexOf(upload), 1);
  keep();
  changed();
  next();
  if (upload.id) {
    await s3('DELETE', upload.bucket, upload.key, {uploadId: upload.id}).catch(() => {});
  }
}

export function clearDone() {
  for (let i = uploads.length - 1; i >= 0; i -= 1) {
    if (uploads[i].state === 'done') {
      uploads.splice(i, 1);
    }
  }
  changed();
}

function next() {
  while (uploads.filter(it => it.state === 'running').length < FILES_AT_ONCE) {
    const upload = uploads.find(it => it.state === 'waiting');
    if (!upload) {
      return;
    }
    upload.state = 'running';
    changed();
    run(upload);
  }
}

async function run(upload) {
  try {
    await (upload.size <= LEAST_PART && !upload.id ? whole(upload) : parts(upload));
    upload.state = 'done';
    upload.sent = upload.size;
    keep();
    uploadedListeners.forEach(listener => listener(upload.bucket, upload.key));
  } catch (failure) {
    if (upload.state === 'running') {
      upload.state = 'failed';
      upload.error = failure.message;
    }
  }
  changed();
  next();
}

async function whole(upload) {
  const headers = {'content-type': upload.file.type || 'application/octet-stream'};
  await send(upload, upload.file, sum => ({method: 'PUT', query: {}, headers: {...headers, ...sum}}), loaded => {
    upload.sent = loaded;
    changed();
  });
}

/** Sends bytes with their checksum; a failure that may pass is tried again after a while. */
async function send(upload, blob, request, progress) {
  const body = new Uint8Array(await blob.arrayBuffer());
  const checksum = {'x-amz-checksum-crc32': crc32Base64(body)};
  const {method, query, headers} = request(checksum);
  for (let attempt = 1; ; attempt += 1) {
    let started;
    try {
      return await s3(method, upload.bucket, upload.key, query, {
        body,
        headers,
        started: xhr => {
          started = xhr;
          upload.requests.add(xhr);
          if (upload.state !== 'running') {
            setTimeout(() => xhr.abort());
          }
        },
        progress,
      });
    } catch (failure) {
      const passing = failure.silent || failure.status >= 500 || failure.status === 429;
      if (upload.state !== 'running' || !passing || attempt > RETRIES) {
        throw failure;
      }
      progress(0);
      await new Promise(resolve => setTimeout(resolve, 500 * 2 ** attempt));
    } finally {
      upload.requests.delete(started);
    }
  }
}

async function parts(upload) {
  upload.part ||= Math.max(LEAST_PART, Math.ceil(upload.size / MOST_PARTS / MIB) * MIB);
  if (!upload.id) {
    const answer = await s3('POST', upload.bucket, upload.key, {uploads: ''}, {
      headers: {'content-type': upload.file.type || 'application/octet-stream', 'x-amz-checksum-algorithm': 'CRC32'},
    });
    upload.id = textOf(answer.document.documentElement, 'UploadId');
    keep();
  }
  const done = await listParts(upload);
  const total = Math.ceil(upload.size / upload.part);
  const left = [];
  for (let number = 1; number <= total; number += 1) {
    if (!done.has(number)) {
      left.push(number);
    }
  }
  const under = new Map();
  const tell = () => {
    let sent = 0;
    done.forEach(part => {
      sent += part.size;
    });
    under.forEach(loaded => {
      sent += loaded;
    });
    upload.sent = Math.min(upload.size, sent);
    changed();
  };
  tell();
  const worker = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      const from = (number - 1) * upload.part;
      const blob = upload.file.slice(from, Math.min(upload.size, from + upload.part));
      const answer = await send(upload, blob, headers => ({method: 'PUT', query: {partNumber: number, uploadId: upload.id}, headers}), loaded => {
        under.set(number, loaded);
        tell();
      });
      under.delete(number);
      done.set(number, {etag: answer.header('etag'), crc: answer.header('x-amz-checksum-crc32'), size: blob.size});
      tell();
    }
  };
  await Promise.all(Array.from({length: PARTS_AT_ONCE}, worker));
  await complete(upload, done);
}

async function listParts(upload) {
  const found = new Map();
  let marker;
  do {
    const {document} = await s3('GET', upload.bucket, upload.key, {uploadId: upload.id, 'part-number-marker': marker});
    const root = document.documentElement;
    for (const part of elements(root, 'Part')) {
      found.set(Number(textOf(part, 'PartNumber')),
        {etag: textOf(part, 'ETag'), crc: textOf(part, 'ChecksumCRC32'), size: Number(textOf(part, 'Size'))});
    }
    marker = textOf(root, 'IsTruncated') === 'true' ? textOf(root, 'NextPartNumberMarker') : undefined;
  } while (marker);
  return found;
}

async function complete(upload, done) {
  const list = [...done].sort(([a], [b]) => a - b).map(([number, part]) =>
    `<Part><PartNumber>${number}</PartNumber><ETag>${part.etag.replaceAll('"', '&quot;')}</ETag>`
      + (part.crc ? `<ChecksumCRC32>${part.crc}</ChecksumCRC32>` : '') + '</Part>');
  const body = new TextEncoder().encode(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
  await s3('POST', upload.bucket, upload.key, {uploadId: upload.id}, {body, headers: {'content-type': 'application/xml'}});
}

/** Remembers unfinished uploads in parts, for this account, so that they outlive a reload. */
function keep() {
  const open = uploads.filter(it => it.id && !['done', 'cancelled'].includes(it.state))
    .map(({bucket, key, size, modified, id, part}) => ({bucket, key, size, modified, id, part, account: session()?.accountId}));
  localStorage.setItem(KEPT, JSON.stringify(open));
}

/** Shows what was unfinished before a reload: it goes on once its file is chosen again. */
export function recall() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(KEPT) || '[]');
  } catch {
    localStorage.removeItem(KEPT);
  }
  for (const one of kept) {
    if (one.account === session()?.accountId && !uploads.some(it => it.id === one.id)) {
      uploads.push({...one, file: null, sent: 0, state: 'wants-file', requests: new Set(), error: t.chooseAgain});
    }
  }
}
