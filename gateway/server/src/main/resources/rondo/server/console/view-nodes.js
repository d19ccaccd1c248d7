// The nodes of the cluster, and the disks of this one.

import {admin} from './api.js';
import {h, replace} from './dom.js';
import {bytes, count, percent} from './format.js';
import {bar, headline, table, trouble} from './parts.js';
import {t} from './texts.js';

export function nodes(content) {
  const body = h('div', {class: 'stack'}, h('p', {class: 'quiet'}, t.loading));
  let gone = false;
  const load = async () => {
    try {
      const [status, disks] = await Promise.all([admin('GET', 'status'), admin('GET', 'disks')]);
      if (!gone) {
        replace(body, ofNodes(status), ofDisks(disks.disks, status.node));
      }
    } catch (failure) {
      if (!gone) {
        replace(body, trouble(failure, load));
      }
    }
  };
  replace(content, headline(t.views.nodes, t.nodesHint, h('button', {type: 'button', onclick: load}, t.refresh)), body);
  load();
  return () => {
    gone = true;
  };
}

export function stateTag(state) {
  const kind = state === 'up' ? 'good' : /down|suspect|lost|failed/.test(state) ? 'bad' : 'warn';
  return h('span', {class: `tag ${kind}`}, state);
}

function ofNodes(status) {
  const answers = new Map(status.copies.nodes.map(it => [it.id, it]));
  const rows = (status.nodes || []).map(node => [
    [h('div', {}, node.name, node.name === status.node && h('span', {class: 'tag here'}, t.thisNode)), h('div', {class: 'small quiet mono'}, node.id)],
    stateTag(node.state),
    node.zone,
    node.capacityBytes ? bytes(node.capacityBytes) : t.gatewayOnly,
    count(node.partitions),
    copiesOf(answers.get(node.id)),
    h('span', {class: 'mono'}, node.address),
  ]);
  return h('section', {class: 'stack'}, h('h2', {}, t.ofCluster), table(t.ofCluster, [
    {label: t.name}, {label: t.state}, {label: t.zone}, {label: t.capacity, number: true}, {label: t.partitions, number: true},
    {label: t.copies}, {label: t.address},
  ], rows));
}

function copiesOf(node) {
  if (!node) {
    return h('span', {class: 'quiet'}, '–');
  }
  if (node.answers && !node.whole && node.chunksMissing + node.hintsWaiting === 0) {
    return t.comparing;
  }
  return !node.answers ? t.silent : node.whole ? t.whole : t.lacks(node.chunksMissing, node.hintsWaiting);
}

function ofDisks(disks, name) {
  const rows = disks.map(disk => [
    h('code', {}, disk.folder),
    disk.holds,
    stateOfDisk(disk),
    disk.freeBytes === undefined ? '–' : bytes(disk.freeBytes),
    disk.percent === undefined ? '–' : bar(percent(disk.percent, 100), disk.folder, disk.level === 'ROOM' ? '' : 'warn'),
  ]);
  return h('section', {class: 'stack'}, h('h2', {}, t.disksOf(name)), table(t.disksOf(name), [
    {label: t.folder}, {label: t.holds}, {label: t.state}, {label: t.free, number: true}, {label: t.used},
  ], rows));
}

function stateOfDisk(disk) {
  const tag = h('span', {class: `tag ${disk.state === 'works' ? 'good' : disk.state === 'failed' ? 'bad' : 'warn'}`}, disk.state);
  return [tag, disk.failure && h('div', {class: 'small'}, disk.failure)];
}
