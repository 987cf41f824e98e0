// A search of the worker's mounts; it tells what it has found while it runs.

import { change, state } from './store.js';

let line;
let running = 0;

export function begin(theLine) {
  line = theLine;
}

export async function find(pattern, mount) {
  stop();
  const search = { pattern, mount, candidates: [], done: false, outcome: null, error: null };
  change({ search, cursor: 0 });
  const { id, answer } = line.ask({ type: 'resolve', pattern, mount }, part =>
    update(search, { candidates: part.candidates }));
  running = id;
  try {
    const outcome = await answer;
    update(search, { candidates: outcome.candidates, outcome, done: true, updated: Date.now() / 1000 });
  } catch (error) {
    update(search, { error, done: true });
  }
}

/** Ends it; what was found stays. */
export function stop() {
  if (running) {
    line.cancel(running);
    running = 0;
  }
}

function update(search, patch) {
  Object.assign(search, patch);
  if (state.search === search) {
    change();
  }
}
