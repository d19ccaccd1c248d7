// Begins: finds the session, shows the frame, and the view that the address names.

import {onSessionOver, resume, seesNodes, session, signOut} from './api.js';
import {h, icon, replace, svg} from './dom.js';
import {glyphButton, trouble} from './parts.js';
import {t} from './texts.js';
import {uploadsPanel} from './uploads-panel.js';
import {buckets} from './view-buckets.js';
import {nodes} from './view-nodes.js';
import {objects} from './view-objects.js';
import {overview} from './view-overview.js';
import {signInPage} from './view-sign-in.js';

const VIEWS = [
  {name: 'overview', glyph: 'overview', show: overview, for: seesNodes},
  {name: 'nodes', glyph: 'nodes', show: nodes, for: seesNodes},
  {name: 'buckets', glyph: 'buckets', show: buckets, for: () => true},
  {name: 'objects', within: 'buckets', show: objects, for: () => true},
];

const app = document.getElementById('app');
let leave = () => {};

function logo() {
  return svg('svg', {viewBox: '0 0 32 32', 'aria-hidden': 'true'},
    svg('circle', {cx: 16, cy: 16, r: 11, 'stroke-dasharray': '18.5 4.54', 'stroke-linecap': 'round', transform: 'rotate(-78 16 16)'}),
    svg('circle', {cx: 16, cy: 16, r: 3.5}));
}

function brand() {
  return h('a', {class: 'brand', href: '#/'}, logo(), 'Rondo');
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme === 'dark'
    || (!root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('rondo-theme', root.dataset.theme);
}

function frame(current, content) {
  const side = h('div', {class: 'side', id: 'menu'},
    brand(),
    h('nav', {class: 'nav', 'aria-label': t.menu}, VIEWS.filter(view => view.glyph && view.for()).map(view =>
      h('a', {href: `#/${view.name}`, 'aria-current': view.name === current && 'page'}, icon(view.glyph), t.views[view.name]))),
    h('div', {class: 'who'},
      h('div', {}, h('strong', {}, session().name), ' ', h('span', {class: 'tag'}, t.roles[session().role] || t.roles.none),
        h('div', {class: 'small quiet'}, t.atNode(session().node))),
      h('div', {class: 'row'},
        glyphButton('theme', t.switchTheme, switchTheme),
        h('button', {type: 'button', class: 'plain', onclick: out}, icon('out'), t.signOut))));
  const menu = h('button', {
    type: 'button', class: 'plain', 'aria-label': t.menu, 'aria-controls': 'menu', 'aria-expanded': 'false',
    onclick: () => menu.setAttribute('aria-expanded', String(side.classList.toggle('open'))),
  }, icon('menu'));
  return [
    h('a', {class: 'skip', href: '#content', onclick: event => {
      event.preventDefault();
      content.focus();
    }}, t.skip),
    h('div', {class: 'frame'}, h('header', {class: 'top'}, brand(), menu), side, content),
    uploadsPanel(),
  ];
}

async function out() {
  await signOut();
  show();
}

/** '#/objects/BUCKET/PREFIX': names are percent-encoded, so that any key fits. */
function address() {
  const [name = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  return {name, rest: rest.map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  })};
}

function show() {
  leave();
  leave = () => {};
  if (!session()) {
    document.title = t.title(t.signIn);
    replace(app, signInPage(logo, show));
    return;
  }
  const {name, rest} = address();
  const allowed = VIEWS.filter(view => view.for());
  const view = allowed.find(it => it.name === name) || allowed[0];
  const content = h('main', {class: 'content', id: 'content', tabindex: -1});
  document.title = t.title(t.views[view.name]);
  replace(app, frame(view.within || view.name, content));
  leave = view.show(content, rest) || (() => {});
}

async function begin() {
  onSessionOver(show);
  try {
    await resume();
  } catch (failure) {
    replace(app, h('main', {class: 'content'}, h('h1', {class: 'reader'}, 'Rondo'), trouble(failure, begin)));
    return;
  }
  show();
}

window.addEventListener('hashchange', () => {
  show();
  document.getElementById('content')?.focus({preventScroll: true});
  window.scrollTo(0, 0);
});
begin();
