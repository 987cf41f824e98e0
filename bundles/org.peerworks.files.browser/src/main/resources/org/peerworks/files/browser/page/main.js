// Starts the page: takes the token out of the address, opens the socket, draws.

import { html, render } from './lit/lit-html.js';
import { refresh } from './actions.js';
import * as finder from './finder.js';
import * as folder from './folder.js';
import * as keys from './keys.js';
import { Line } from './line.js';
import { mountOf, nameOf, placeOf, replace } from './place.js';
import { change, isConnected, onChange, state } from './store.js';
import { watchEnd } from './view/end.js';
import { crumbs, tabs } from './view/path.js';
import { finding } from './view/finding.js';
import { focusNewRows, settle } from './view/focus.js';
import { header } from './view/header.js';
import { help, settleHelp } from './view/help.js';
import { counts, summary, updated } from './view/summary.js';
import { table } from './view/table.js';

// The cookie of this run keeps the token from now on.
history.replaceState(null, '', `/${location.hash}`);

const root = document.getElementById('app');
root.replaceChildren();
let stale = false;

function draw() {
  render(
    html`
      ${header()}
      <main>
        ${tabs()}
        <div class="panel" id="files" role="tabpanel" aria-label="Files">
          ${state.place.path ? crumbs() : ''}
          ${finding()}
          <div class="rows ${isConnected() ? '' : 'dimmed'}">${table()}</div>
          ${summary()}
          <div id="more"></div>
        </div>
      </main>
      <footer class="foot">
        <span class="count" id="count" aria-live="polite">${counts()}</span>
        <span class="hints" aria-hidden="true"><kbd>↑</kbd><kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>⌫</kbd> up <kbd>/</kbd> filter <kbd>c</kbd> copy path</span>
        <span id="updated">${updated()}</span>
      </footer>
      <div class="toast ${state.toast ? 'shown' : ''}" role="status" id="toast">${state.toast}</div>
      ${help()}`,
    root);
  settle();
  settleHelp();
  watchEnd(document.getElementById('more'));
  document.title = state.connection
    ? `${nameOf(state.place.path) || 'Files'} – ${state.connection.worker}`
    : 'Peerworks files';
}

/** Follows the address, whether a link, a key or the browser's own buttons changed it. */
async function arrive() {
  const place = placeOf(location.hash);
  const first = state.info?.mounts[0];
  if (!place.path && first) {
    replace({ path: first.path });
    place.path = first.path;
  }
  const moved = place.path !== state.place.path || place.find !== state.place.find;
  change(moved ? { place, filter: '', words: place.find } : { place });
  finder.stop();
  if (place.find) {
    await finder.find(place.find, place.mount);
  } else if (place.path) {
    await folder.open(place.path);
  }
  focusNewRows();
}

function hear(message) {
  if (message.type === 'connection') {
    if (JSON.stringify(message) !== JSON.stringify(state.connection)) {
      change({ connection: message });
      settleConnection();
    }
  } else if (message.type === 'worker_info') {
    const first = !state.info;
    change({ info: message });
    if (first || !mountOf(state.place.path, message.mounts)) {
      arrive();
    }
  } else if (message.type === 'error') {
    console.warn(message.message);
  }
}

/** What is shown was true before the connection was lost: looks again when it is back. */
function settleConnection() {
  const connected = isConnected();
  if (stale && connected && state.info) {
    stale = false;
    refresh();
  }
  stale ||= !connected && Boolean(state.info);
}

onChange(draw);
const line = new Line(hear, page => {
  change({ page, pageSince: Date.now() / 1000 });
  settleConnection();
});
finder.begin(line);
folder.begin(line);
keys.listen();
window.addEventListener('hashchange', arrive);
change();

