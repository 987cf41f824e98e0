// What people can do on the page, whether with keys or with the mouse.

import { copyPath } from './clipboard.js';
import * as finder from './finder.js';
import * as folder from './folder.js';
import { go, nameOf, parentOf } from './place.js';
import { change, state } from './store.js';

/** The rows that are listed now: candidates of a search, else entries of the folder. */
export function rows() {
  return state.place.find ? (state.search?.candidates ?? []) : folder.rows();
}

export function current() {
  return rows()[state.cursor];
}

export function openFolder(path) {
  keepPlace();
  go({ path });
}

/** Opens a folder; of a file, copies the path. */
export function openRow(row) {
  if (row.type === 'directory') {
    openFolder(row.path);
  } else {
    copyPath(row.path);
  }
}

export function up() {
  const { path, find } = state.place;
  if (find) {
    go({ path });
    return;
  }
  const parent = parentOf(path, state.info?.mounts ?? []);
  if (parent) {
    folder.remember(parent, nameOf(path));
    go({ path: parent });
  }
}

/** Shows where a found file lies. */
export function reveal(row) {
  const at = row.path.lastIndexOf('/');
  const path = row.path.slice(0, at) || '/';
  folder.remember(path, row.name, 1000);
  go({ path });
}

export function refresh() {
  const { path, find, mount } = state.place;
  if (find) {
    finder.find(find, mount);
  } else if (path) {
    folder.open(path);
  }
}

export function search(find, mount = state.place.mount) {
  const words = find.trim();
  if (words && words === state.place.find && mount === state.place.mount) {
    refresh();
  } else if (words) {
    keepPlace();
    go({ path: state.place.path, find: words, mount });
  }
}

/** What somebody types filters the folder. */
export function type(words) {
  change({ words });
  if (!state.place.find) {
    folder.filterBy(words);
  }
}

export function copyCurrent() {
  const row = current();
  const path = row ? row.path : state.place.path;
  if (path) {
    copyPath(path);
  }
}

export function moveTo(index) {
  const last = Math.min(rows().length, shown()) - 1;
  change({ cursor: Math.max(0, Math.min(index, last)) });
  if (index > last && !state.place.find) {
    folder.more();
  }
}

export function shown() {
  return state.place.find ? rows().length : (state.folder?.shown ?? 0);
}

function keepPlace() {
  if (state.folder && !state.place.find) {
    folder.remember(state.folder.path, current()?.name, state.folder.shown);
  }
}
