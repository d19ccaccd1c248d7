// One bucket: its folders and objects, or all their versions.

import {h, icon, replace} from './dom.js';
import {bytes, date, plural} from './format.js';
import {deletion} from './deletion.js';
import {details, undelete} from './object-details.js';
import {button, choice, empty, headline, note, toast, trouble} from './parts.js';
import {listObjects, listVersions, versioning} from './store.js';
import {t} from './texts.js';
import {addFiles, onUploaded} from './uploads.js';
import {objectsAddress} from './view-buckets.js';
import {VirtualList} from './virtual-list.js';

export function objects(content, [bucket = '', ...rest]) {
  const view = new ObjectsView(content, bucket, rest.join('/'));
  view.begin();
  return () => view.leave();
}

class ObjectsView {
  constructor(content, bucket, prefix) {
    this.content = content;
    this.bucket = bucket;
    this.prefix = prefix;
    this.typed = '';
    this.versions = false;
    this.keeps = '';
    this.chosen = new Map();
    this.generation = 0;
  }

  begin() {
    this.body = h('div', {class: 'stack'});
    this.tools = h('div', {class: 'row', 'aria-live': 'polite'});
    const search = h('input', {type: 'search', placeholder: t.searchPrefix, 'aria-label': t.searchPrefix, class: 'filter'});
    search.addEventListener('input', () => {
      this.typed = search.value;
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.load(), 250);
    });
    const versions = choice('checkbox', 'versions', t.showVersions);
    versions.input.addEventListener('change', () => {
      this.versions = versions.input.checked;
      this.load();
    });
    replace(this.content,
      headline(this.bucket, this.path(),
        this.picker(t.uploadFiles, {multiple: true}), this.picker(t.uploadFolder, {webkitdirectory: true})),
      h('div', {class: 'row toolbar'}, search, versions.element, this.tools),
      this.body);
    this.unsubscribe = onUploaded((bucket, key) => {
      if (bucket === this.bucket && key.startsWith(this.prefix)) {
        clearTimeout(this.wait);
        this.wait = setTimeout(() => this.load(), 400);
      }
    });
    this.dropping();
    versioning(this.bucket).then(status => {
      this.keeps = status;
    }).catch(() => {});
    this.load();
  }

  leave() {
    this.generation += 1;
    clearTimeout(this.wait);
    this.unsubscribe();
  }

  path() {
    const steps = this.prefix.split('/').slice(0, -1);
    const links = steps.map((step, i) => [
      h('span', {'aria-hidden': 'true'}, '/'),
      h('a', {href: objectsAddress(this.bucket, steps.slice(0, i + 1).join('/') + '/'), dir: 'auto'}, step || t.nameless),
    ]);
    return h('nav', {'aria-label': t.folderPath, class: 'path'},
      h('a', {href: '#/buckets'}, t.views.buckets), h('span', {'aria-hidden': 'true'}, '/'),
      h('a', {href: objectsAddress(this.bucket)}, this.bucket), links);
  }

  picker(label, kind) {
    const input = h('input', {type: 'file', class: 'hidden', 'aria-hidden': 'true', tabindex: -1, 'aria-label': label, ...kind});
    input.addEventListener('change', () => {
      addFiles(this.bucket, this.prefix, [...input.files].map(file => ({file, name: file.webkitRelativePath || file.name})));
      input.value = '';
    });
    return [input, button(label, () => input.click(), kind.multiple ? 'primary' : '', 'upload')];
  }

  dropping() {
    const over = on => event => {
      event.preventDefault();
      this.body.classList.toggle('dropping', on);
    };
    this.body.addEventListener('dragover', over(true));
    this.body.addEventListener('dragleave', over(false));
    this.body.addEventListener('drop', event => {
      over(false)(event);
      addFiles(this.bucket, this.prefix, [...event.dataTransfer.files].map(file => ({file, name: file.name})));
    });
  }

  page(token) {
    return (this.versions ? listVersions : listObjects)(this.bucket, this.prefix + this.typed, {token});
  }

  async load() {
    const generation = ++this.generation;
    this.chosen.clear();
    this.drawTools();
    if (!this.list) {
      replace(this.body, h('p', {class: 'quiet'}, t.loading));
    }
    try {
      const page = await this.page();
      if (generation === this.generation) {
        this.next = page.next;
        this.draw(this.seen(page.entries), generation);
      }
    } catch (failure) {
      if (generation === this.generation) {
        this.list = null;
        replace(this.body, trouble(failure, () => this.load()));
      }
    }
  }

  /** A folder may be an object of its own name: it isn't in its own list. */
  seen(entries) {
    return entries.filter(entry => entry.folder || entry.key !== this.prefix || this.versions);
  }

  draw(entries, generation) {
    if (entries.length === 0 && !this.next) {
      this.list = null;
      replace(this.body, this.typed
        ? empty('folder', t.nothingFound, t.nothingFoundHint)
        : empty('upload', t.emptyFolder, t.emptyFolderHint));
      return;
    }
    this.list = new VirtualList({
      label: t.contentsOf(this.bucket, this.prefix),
      columns: [h('span', {class: 'reader'}, t.choose), t.name, t.size, t.modified],
      render: entry => this.row(entry),
      more: () => this.further(generation),
    });
    replace(this.body, this.list.element);
    this.list.set(entries);
  }

  async further(generation) {
    if (!this.next || generation !== this.generation) {
      return null;
    }
    try {
      const page = await this.page(this.next);
      this.next = generation === this.generation ? page.next : null;
      return generation === this.generation ? this.seen(page.entries) : null;
    } catch (failure) {
      this.next = null;
      this.body.append(trouble(failure, () => this.load()));
      return null;
    }
  }

  row(entry) {
    const id = entry.key + '\0' + (entry.version || '');
    const box = h('input', {type: 'checkbox', 'aria-label': t.chooseNamed(entry.key), checked: this.chosen.has(id)});
    box.addEventListener('change', () => {
      if (box.checked) {
        this.chosen.set(id, entry);
      } else {
        this.chosen.delete(id);
      }
      this.drawTools();
    });
    return [
      box,
      this.name(entry),
      h('span', {class: 'number'}, entry.folder || entry.marker ? '' : bytes(entry.size)),
      h('span', {class: 'quiet'}, entry.modified ? date(entry.modified) : ''),
    ];
  }

  name(entry) {
    const shown = entry.key.slice(this.prefix.length) || entry.key;
    if (entry.folder) {
      return h('a', {class: 'named', href: objectsAddress(this.bucket, entry.key)}, icon('folder'),
        h('bdi', {}, shown.slice(0, -1) || t.nameless));
    }
    const state = entry.marker ? h('span', {class: 'tag bad'}, t.deleted)
      : !entry.latest && h('span', {class: 'tag'}, t.earlier);
    const restore = entry.marker && entry.latest
      && button(t.undelete, () => this.restore(entry), 'plain');
    return [h('button', {type: 'button', class: 'named', onclick: () => details(this.bucket, entry, () => this.load())},
      icon(entry.marker ? 'deleted' : 'file'), h('bdi', {}, shown)), state, restore];
  }

  async restore(entry) {
    try {
      await undelete(this.bucket, entry);
      toast(t.undeleted(entry.key));
      this.load();
    } catch (failure) {
      this.body.prepend(note('bad', failure.message));
    }
  }

  drawTools() {
    const chosen = [...this.chosen.values()];
    replace(this.tools, chosen.length > 0 && [
      h('span', {class: 'quiet'}, plural(chosen.length, t.chosenOne, t.chosenMany)),
      button(t.delete, () => deletion(this.bucket, chosen, this.keeps, () => this.load()), '', 'deleted'),
    ]);
  }
}
