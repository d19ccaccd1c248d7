// S3's operations that the views need, as values.

import {elements, s3, textOf} from './api.js';
import {crc32Base64} from './crc32.js';

function decoded(text) {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

export async function listBuckets() {
  const {document} = await s3('GET', '', '', {});
  const list = elements(document.documentElement, 'Buckets')[0];
  return (list ? elements(list, 'Bucket') : [])
    .map(bucket => ({name: textOf(bucket, 'Name'), created: textOf(bucket, 'CreationDate')}));
}

export function createBucket(name, lock) {
  return s3('PUT', name, '', {}, {headers: lock ? {'x-amz-bucket-object-lock-enabled': 'true'} : {}});
}

export function deleteBucket(name) {
  return s3('DELETE', name, '', {});
}

/** 'Enabled', 'Suspended' or ''. */
export async function versioning(bucket) {
  const {document} = await s3('GET', bucket, '', {versioning: ''});
  return textOf(document.documentElement, 'Status');
}

export function setVersioning(bucket, status) {
  return putXml(bucket, {versioning: ''}, `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`);
}

export function putXml(bucket, query, xml) {
  const body = new TextEncoder().encode(xml);
  const headers = {'content-type': 'application/xml', 'x-amz-checksum-crc32': crc32Base64(body)};
  return s3('PUT', bucket, '', query, {body, headers});
}

/** A page of a folder: objects and the folders in it. `token` goes on where another page ended. */
export async function listObjects(bucket, prefix, {token, flat, most = 1000} = {}) {
  const {document} = await s3('GET', bucket, '', {
    'list-type': '2',
    'encoding-type': 'url',
    prefix,
    delimiter: flat ? undefined : '/',
    'max-keys': most,
    'continuation-token': token,
  });
  const root = document.documentElement;
  return {
    entries: [...folders(root), ...elements(root, 'Contents').map(object)],
    next: textOf(root, 'IsTruncated') === 'true' ? textOf(root, 'NextContinuationToken') : null,
  };
}

function folders(root) {
  return elements(root, 'CommonPrefixes').map(it => ({folder: true, key: decoded(textOf(it, 'Prefix'))}));
}

function object(element) {
  return {
    key: decoded(textOf(element, 'Key')),
    size: Number(textOf(element, 'Size')),
    modified: textOf(element, 'LastModified'),
    etag: textOf(element, 'ETag'),
    storage: textOf(element, 'StorageClass'),
    version: textOf(element, 'VersionId') || undefined,
    latest: textOf(element, 'IsLatest') !== 'false',
  };
}

/** As listObjects, with all versions and delete markers. */
export async function listVersions(bucket, prefix, {token, flat, most = 1000} = {}) {
  const {document} = await s3('GET', bucket, '', {
    versions: '',
    'encoding-type': 'url',
    prefix,
    delimiter: flat ? undefined : '/',
    'max-keys': most,
    'key-marker': token?.key,
    'version-id-marker': token?.version,
  });
  const root = document.documentElement;
  const entries = [...root.children]
    .filter(child => child.localName === 'Version' || child.localName === 'DeleteMarker')
    .map(child => ({...object(child), marker: child.localName === 'DeleteMarker'}));
  return {
    entries: [...folders(root), ...entries],
    next: textOf(root, 'IsTruncated') !== 'true' ? null
      : {key: decoded(textOf(root, 'NextKeyMarker')), version: textOf(root, 'NextVersionIdMarker')},
  };
}

/** Goes through all pages of a list; `each` gets the entries of a page. */
export async function walk(list, bucket, prefix, each) {
  let token;
  do {
    const page = await list(bucket, prefix, {token, flat: true});
    each(page.entries);
    token = page.next;
  } while (token);
}

/** Deletes up to 1,000 objects or versions; returns those that stayed, each with why. */
export async function deleteObjects(bucket, objects) {
  const document_ = document.implementation.createDocument(null, 'Delete');
  const root = document_.documentElement;
  const child = (parent, name, text) => {
    const element = document_.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  child(root, 'Quiet', 'true');
  for (const one of objects) {
    const element = child(root, 'Object', '');
    child(element, 'Key', one.key);
    if (one.version) {
      child(element, 'VersionId', one.version);
    }
  }
  const body = new TextEncoder().encode(xmlOf(document_));
  const answer = await s3('POST', bucket, '', {delete: ''}, {body, headers: {'x-amz-checksum-crc32': crc32Base64(body)}});
  return elements(answer.document.documentElement, 'Error')
    .map(error => ({key: textOf(error, 'Key'), why: textOf(error, 'Message')}));
}

/** Carriage returns and other control characters of keys survive as character references. */
function xmlOf(document_) {
  return new XMLSerializer().serializeToString(document_).replaceAll('\r', '&#13;');
}

export function deleteVersion(bucket, key, version) {
  return s3('DELETE', bucket, key, {versionId: version});
}

export async function head(bucket, key, version) {
  const answer = await s3('HEAD', bucket, key, {versionId: version}, {text: true});
  return {
    type: answer.header('content-type') || '',
    size: Number(answer.header('content-length')),
    modified: answer.header('last-modified'),
    etag: answer.header('etag'),
    version: answer.header('x-amz-version-id') || undefined,
    storage: answer.header('x-amz-storage-class') || 'STANDARD',
    encryption: answer.header('x-amz-server-side-encryption') || '',
    hold: answer.header('x-amz-object-lock-legal-hold') || '',
    until: answer.header('x-amz-object-lock-retain-until-date') || '',
  };
}

export async function beginning(bucket, key, version, most) {
  const answer = await s3('GET', bucket, key, {versionId: version}, {text: true, headers: {range: `bytes=0-${most - 1}`}});
  return answer.text;
}

/** Makes an earlier version the current one again, by a copy of it. */
export function restoreVersion(bucket, key, version) {
  const source = '/' + bucket + '/' + encodeURIComponent(key) + '?versionId=' + encodeURIComponent(version);
  return s3('PUT', bucket, key, {}, {headers: {'x-amz-copy-source': source}});
}
