// Whether all is well, why not, and what to do.

import {admin, isAdministrator} from './api.js';
import {h, icon, replace} from './dom.js';
import {bytes, count, duration, percent} from './format.js';
import {read, Rates} from './metrics.js';
import {bar, headline, note, trouble} from './parts.js';
import {t} from './texts.js';

const EVERY_MILLIS = 5000;

export function overview(content) {
  const rates = new Rates();
  const body = h('div', {class: 'stack'}, h('p', {class: 'quiet'}, t.loading));
  let timer;
  let gone = false;
  replace(content, headline(t.views.overview), body);
  async function refresh(unattended) {
    try {
      const options = {unattended};
      const [status, metrics] = await Promise.all([admin('GET', 'status', undefined, options), admin('GET', 'metrics', undefined, options)]);
      rates.take(read(metrics));
      if (!gone) {
        replace(body, parts(status, rates));
      }
    } catch (failure) {
      if (!gone) {
        replace(body, trouble(failure, () => {
          clearTimeout(timer);
          refresh(false);
        }));
      }
    }
    if (!gone) {
      timer = setTimeout(() => refresh(true), EVERY_MILLIS);
    }
  }
  refresh(false);
  return () => {
    gone = true;
    clearTimeout(timer);
  };
}

function parts(status, rates) {
  return [verdict(status), questions(status), figures(status, rates), moves(status), space(status)];
}

function verdict(status) {
  const wrong = Object.keys(t.questions).filter(name => !status.health[name].good);
  const text = wrong.length === 0 ? t.allWell : wrong.map(name => t.questions[name].no).join(' ');
  const kind = wrong.includes('live') || wrong.includes('quorum') ? 'bad' : wrong.length ? 'warn' : 'good';
  return h('div', {class: `verdict ${kind}`}, icon(kind === 'good' ? 'check' : 'warn'),
    h('div', {}, h('h2', {}, text), h('p', {class: 'small'}, t.clusterOf(status.nodes?.length || 1))));
}

function questions(status) {
  const cards = Object.entries(t.questions).map(([name, words]) => {
    const answer = status.health[name];
    return h('section', {class: 'card question'},
      h('h3', {}, words.asked),
      h('span', {class: `tag ${answer.good ? 'good' : 'bad'}`}, answer.good ? words.yes : t.no),
      answer.reasons.map(reason => h('p', {class: 'small'}, reason.sentence, ' ', remedy(reason))));
  });
  const warnings = status.health.warnings.map(it => note('warn', it.sentence));
  return [h('div', {class: 'cards'}, cards), warnings];
}

/** Where the person goes to do something about a reason. */
function remedy(reason) {
  const target = /zone|vacant|seat/.test(reason.name) ? ['nodes', t.toNodes]
    : /suspect|down|quorum|disk|full|maintenance/.test(reason.name) ? ['nodes', t.toNodes] : null;
  return target && h('a', {href: `#/${target[0]}`}, target[1]);
}

function card(label, figure, quiet) {
  return h('div', {class: 'card'}, h('h3', {class: 'quiet'}, label), h('div', {class: 'figure'}, figure), h('div', {class: 'small quiet'}, quiet));
}

function figures(status, rates) {
  return h('section', {class: 'stack', 'aria-label': t.traffic}, h('h2', {}, t.traffic), h('div', {class: 'cards'},
    card(t.requests, rates.perSecond('rondo_s3_requests_total'), t.errorsPerSecond(rates.perSecond('rondo_s3_errors_total'))),
    card(t.latency, rates.mean('rondo_s3_request_duration_seconds'), t.latencyHint),
    card(t.received, rates.bytesPerSecond('rondo_s3_received_bytes_total'), t.sent(rates.bytesPerSecond('rondo_s3_sent_bytes_total'))),
    card(t.inWork, count(status.load.s3_requests_in_work),
      status.load.shedding ? t.shedding : t.memory(bytes(status.load.s3_memory_used_bytes), bytes(status.load.s3_memory_limit_bytes)))));
}

function moves(status) {
  const copies = status.copies;
  const lines = [];
  if (status.layout?.moving) {
    const copying = status.copying;
    const done = percent(copying.done, copying.total);
    lines.push(h('div', {class: 'stack'}, h('div', {}, t.moving(copying.done, copying.total, duration(copying.secondsLeft))), bar(done, t.views.overview)));
  }
  if (copies.partitionsUnderReplicated > 0) {
    lines.push(note('warn', t.underReplicated(copies.partitionsUnderReplicated, duration(copies.secondsLeft))));
  }
  if (copies.chunksMissing > 0) {
    lines.push(note('warn', t.chunksMissing(copies.chunksMissing)));
  }
  if (copies.hintsWaiting > 0) {
    lines.push(note('plain', t.hints(copies.hintsWaiting)));
  }
  if (lines.length === 0) {
    lines.push(h('p', {class: 'quiet'}, t.nothingMoves));
  }
  return h('section', {class: 'card stack'}, h('h2', {}, t.whatMoves), lines);
}

function space(status) {
  return h('section', {class: 'card stack'}, h('h2', {}, t.spaceHere), status.disks.map(disk => {
    const total = disk.ownBytes + disk.freeBytes;
    const used = percent(disk.ownBytes, total);
    const kind = disk.level === 'ROOM' ? '' : disk.level === 'FULL' ? 'bad' : 'warn';
    return h('div', {}, h('div', {class: 'row spread'}, h('code', {}, disk.path), h('span', {class: 'number'}, t.ofBytes(bytes(disk.ownBytes), bytes(disk.freeBytes)))),
      bar(used, disk.path, kind));
  }), isAdministrator() && h('a', {href: '#/nodes'}, t.toNodes));
}
