// The folder that is open: its entries come page by page, all of them only where that is needed.

import { change, PAGE, state } from './store.js';

const LATER_PAGE = 100;
const LARGEST_PAGE = 1000;

/** To filter or sort, so many are looked at. */
const MOST = 10_000;

let line;
let turn = 0;
let rowsOf = {};
const left = new Map();

export function begin(theLine) {
  line = theLine;
}

/** Remembers which entry of a folder matters when somebody comes back to it. */
export function remember(path, name, shown = PAGE) {
  left.set(path, { name, shown });
}

/** Shows a folder; its old content stays until the new one is there. */
export async function open(path) {
  const mine = ++turn;
  const again = state.folder?.path === path;
  const name = again ? rows()[state.cursor]?.name : left.get(path)?.name;
  const shown = again ? Math.max(state.folder.shown, PAGE) : Math.max(left.get(path)?.shown ?? 0, PAGE);
  if (!again) {
    change({ folder: { ...empty(path), loading: true } });
  } else {
    change({ folder: { ...state.folder, loading: true } });
  }
  try {
    const first = await page(path, 0, Math.min(shown, LARGEST_PAGE));
    if (mine !== turn) {
      return;
    }
    change({ folder: { ...first, path, shown, loading: false, error: null, updated: Date.now() / 1000 } });
    change({ cursor: Math.max(rows().findIndex(entry => entry.name === name), 0) });
    if (needsAll()) {
      await all();
    }
  } catch (error) {
    if (mine === turn) {
      change({ folder: { ...state.folder, loading: false, error } });
    }
  }
}

/** Shows more of the open folder. */
export async function more() {
  const folder = state.folder;
  if (!folder || folder.loading || folder.error) {
    return;
  }
  if (rows().length > folder.shown) {
    change({ folder: { ...folder, shown: folder.shown + LATER_PAGE } });
  } else if (folder.hasMore && !needsAll()) {
    await load(LATER_PAGE, folder.shown + LATER_PAGE);
  }
}

/** What is to be listed, filtered and sorted, whether it is shown yet or not. */
export function rows() {
  const { folder, filter, sort } = state;
  const entries = folder?.entries ?? [];
  if (rowsOf.entries !== entries || rowsOf.filter !== filter || rowsOf.sort !== sort) {
    rowsOf = { entries, filter, sort, rows: sorted(entries.filter(matching(filter)), sort) };
  }
  return rowsOf.rows;
}

export function filterBy(filter) {
  change({ filter, cursor: 0 });
  return needsAll() ? all() : null;
}

export function sortBy(by) {
  const down = state.sort.by === by ? !state.sort.down : by !== 'name';
  change({ sort: { by, down }, cursor: 0 });
  return needsAll() ? all() : null;
}

/** Whether not all entries could be looked at. */
export function isPartial() {
  return needsAll() && Boolean(state.folder?.hasMore);
}

function needsAll() {
  return state.filter !== '' || state.sort.by !== 'name' || state.sort.down;
}

async function all() {
  const path = state.folder?.path;
  while (state.folder?.path === path && state.folder.hasMore && state.folder.next < MOST) {
    if (state.folder.loading || !(await load(LARGEST_PAGE, state.folder.shown))) {
      return;
    }
  }
}

/** Whether a page more is there. */
async function load(limit, shown) {
  const mine = turn;
  const { path, next, entries } = state.folder;
  change({ folder: { ...state.folder, loading: true } });
  try {
    const following = await page(path, next, limit);
    if (mine !== turn) {
      return false;
    }
    change({
      folder: {
        ...state.folder,
        ...following,
        entries: entries.concat(following.entries),
        shown,
        loading: false,
        updated: Date.now() / 1000,
      },
    });
    return true;
  } catch (error) {
    if (mine === turn) {
      change({ folder: { ...state.folder, loading: false, error } });
    }
    return false;
  }
}

async function page(path, offset, limit) {
  const { answer } = line.ask({ type: 'list_dir', path, offset, limit });
  const listing = await answer;
  return {
    entries: listing.entries,
    total: listing.total_count,
    hidden: listing.hidden,
    hasMore: listing.has_more,
    // An entry that has gone makes its page shorter.
    next: offset + limit,
  };
}

function empty(path) {
  return { path, entries: [], total: 0, hidden: 0, hasMore: false, next: 0, shown: PAGE, error: null, updated: 0 };
}

function matching(filter) {
  const wanted = filter.toLowerCase();
  return entry => entry.name.toLowerCase().includes(wanted);
}

function sorted(entries, { by, down }) {
  if (by === 'name' && !down) {
    return entries;
  }
  const order = {
    name: (a, b) => a.name.localeCompare(b.name, undefined, { sensitivity: 'base' }),
    size: (a, b) => a.size - b.size,
    modified: (a, b) => a.modified - b.modified,
  }[by];
  const folders = entry => (entry.type === 'directory' ? 0 : 1);
  return [...entries].sort((a, b) => folders(a) - folders(b) || (down ? order(b, a) : order(a, b)));
}
