// What the page shows. Whoever changes it says so, and the page is drawn once afterwards.

export const PAGE = 20;

export const state = {
  /** 'opening', 'open', 'lost' or 'refused': the socket to the program. */
  page: 'opening',
  pageSince: Date.now() / 1000,
  /** How the program reaches the worker: {worker, state, since, trouble}. */
  connection: null,
  /** {worker_id, working_dir, mounts: [{label, path, problem}]} */
  info: null,
  /** Where the page is: {path, find, mount}; 'find' is empty in a folder. */
  place: { path: '', find: '', mount: '' },
  folder: null,
  search: null,
  /** What stands in the field. */
  words: '',
  filter: '',
  sort: { by: 'name', down: false },
  /** Number of the row that keys act on. */
  cursor: 0,
  copied: '',
  toast: '',
  help: false,
};

let draw = () => {};
let waiting = false;

export function onChange(listener) {
  draw = listener;
}

export function change(patch = {}) {
  Object.assign(state, patch);
  if (!waiting) {
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      draw();
    });
  }
}

export function isConnected() {
  return state.page === 'open' && state.connection?.state === 'connected';
}
