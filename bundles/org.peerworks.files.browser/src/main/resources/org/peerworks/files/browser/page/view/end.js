// Shows more when somebody has scrolled to the end of the rows.

import * as folder from '../folder.js';
import { state } from '../store.js';

const observer = new IntersectionObserver(seen => {
  if (seen.some(entry => entry.isIntersecting) && !state.place.find) {
    folder.more();
  }
});

let watched = '';

/** An observer tells changes only: after new rows, the end may still be in sight. */
export function watchEnd(end) {
  const { folder: open, filter, place } = state;
  const now = `${place.path} ${filter} ${open?.shown} ${open?.entries.length} ${open?.loading}`;
  if (now !== watched) {
    watched = now;
    observer.unobserve(end);
    observer.observe(end);
  }
}
