// What the pages ask of the node: questions in JSON, and S3 itself by the session.

import {t} from './texts.js';

const state = {session: null, over: () => {}};

/** A refusal or a failure, in a sentence. `silent`: no node answered at all. */
export class Failure extends Error {
  constructor(message, status, code, silent) {
    super(message);
    this.status = status;
    this.code = code || '';
    this.silent = Boolean(silent);
  }
}

export function session() {
  return state.session;
}

export function isAdministrator() {
  return state.session?.role === 'administrator';
}

export function seesNodes() {
  return isAdministrator() || state.session?.role === 'operator';
}

export function onSessionOver(handler) {
  state.over = handler;
}

export async function ask(method, path, body, options = {}) {
  const headers = {};
  if (state.session) {
    headers['x-rondo-proof'] = state.session.proof;
  }
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (options.unattended) {
    headers['x-rondo-unattended'] = '1';
  }
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(options.milliseconds || 20000),
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  } catch {
    throw new Failure(t.noAnswer, 0, '', true);
  }
  const isJson = (response.headers.get('content-type') || '').startsWith('application/json');
  const answer = isJson ? await response.json().catch(() => ({})) : await response.text().catch(() => '');
  if (response.ok) {
    return answer;
  }
  if (response.status === 401 && state.session) {
    ended();
  }
  throw new Failure(answer?.error || String(answer) || t.refused(response.status), response.status);
}

export function admin(method, path, body, options) {
  return ask(method, '/api/admin/' + path, body, options);
}

export async function signIn(accessKey, secretKey) {
  state.session = null;
  state.session = await ask('POST', '/api/session', {accessKey, secretKey});
  return state.session;
}

/** The session of this browser, if one is open. */
export async function resume() {
  const found = await ask('GET', '/api/session');
  state.session = found.proof ? found : null;
  return state.session;
}

export async function signOut() {
  await ask('DELETE', '/api/session').catch(() => {});
  state.session = null;
}

function ended() {
  state.session = null;
  state.over();
}

/** The address of an object or a bucket for S3 behind the console. */
export function s3Url(bucket, key, query = {}) {
  const path = '/' + (bucket || '') + (key ? '/' + key : '');
  const rest = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => value === '' ? encodeURIComponent(name) : encodeURIComponent(name) + '=' + encodeURIComponent(value));
  return ['/s3?path=' + encodeURIComponent(path), ...rest].join('&');
}

/**
 * One request to S3. XML is read by the browser's own reader, as a document that is never shown.
 * options: headers, body, text (the answer as text), progress (bytes sent), started (gets the request).
 */
export function s3(method, bucket, key, query, options = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, s3Url(bucket, key, query));
    const text = options.text || !['GET', 'POST'].includes(method);
    request.responseType = text ? 'text' : 'document';
    if (!text) {
      request.overrideMimeType('application/xml');
    }
    request.setRequestHeader('x-rondo-proof', state.session?.proof || '');
    for (const [name, value] of Object.entries(options.headers || {})) {
      request.setRequestHeader(name, value);
    }
    if (options.progress) {
      request.upload.addEventListener('progress', event => options.progress(event.loaded));
    }
    request.addEventListener('load', () => finish(request, text, resolve, reject));
    request.addEventListener('error', () => reject(new Failure(t.noAnswer, 0, '', true)));
    request.addEventListener('timeout', () => reject(new Failure(t.noAnswer, 0, '', true)));
    request.addEventListener('abort', () => reject(new Failure(t.stopped, 0, 'Aborted')));
    if (!options.body) {
      request.timeout = 30000;
    }
    options.started?.(request);
    request.send(options.body ?? null);
  });
}

/** XML of an answer that may be empty is read as text: an empty document is an error to the browser. */
function finish(request, text, resolve, reject) {
  const document = text ? null : request.responseXML;
  const error = document?.documentElement?.localName === 'Error' ? document.documentElement : null;
  if (request.status >= 200 && request.status < 300 && !error) {
    resolve({
      document,
      text: text ? request.responseText : '',
      header: name => request.getResponseHeader(name),
    });
    return;
  }
  const named = name => error ? textOf(error, name) : text ? between(request.responseText, name) : '';
  const code = named('Code');
  if (code === 'InvalidToken') {
    ended();
  }
  const message = named('Message');
  reject(new Failure(message || t.refused(request.status), request.status, code));
}

const ENTITIES = {'&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'", '&amp;': '&'};

function between(xml, name) {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found ? found[1].replace(/&[a-z0-9#]+;/g, entity => ENTITIES[entity] || entity) : '';
}

export function textOf(element, name) {
  for (const child of element.children) {
    if (child.localName === name) {
      return child.textContent;
    }
  }
  return '';
}

export function elements(parent, name) {
  return [...parent.children].filter(child => child.localName === name);
}
