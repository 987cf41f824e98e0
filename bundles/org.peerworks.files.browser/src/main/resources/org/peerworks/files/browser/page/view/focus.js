// Where the focus goes after the page was drawn.

let wanted = false;

export function filterField() {
  return document.getElementById('filter');
}

/** Puts the focus on the row of the cursor, once it is drawn. */
export function focusRow() {
  wanted = true;
  queueMicrotask(() => queueMicrotask(settle));
}

/** After a folder was opened: unless somebody is about to type, or is on a control above. */
export function focusNewRows() {
  const at = document.activeElement;
  if (!at || at === document.body || at.closest('.files') || !at.isConnected) {
    focusRow();
  }
}

export function settle() {
  if (!wanted) {
    return;
  }
  const row = document.querySelector('.files tr.cursor');
  if (row) {
    wanted = false;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }
}
