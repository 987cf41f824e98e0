// The keys, on request.

import { html, nothing } from '../lit/lit-html.js';
import { change, state } from '../store.js';

const KEYS = [
  [['↑', '↓'], 'Move between rows'],
  [['Enter'], 'Open a folder, copy the path of a file'],
  [['Backspace'], 'Go up to the folder around'],
  [['/'], 'Filter this folder; then Enter searches all mounts'],
  [['c'], 'Copy the path of the row'],
  [['r'], 'Look again'],
  [['Esc'], 'Clear the filter, leave the search'],
  [['?'], 'Show these keys'],
];

export function help() {
  return state.help
    ? html`
      <dialog class="help" aria-labelledby="help-title" @close=${() => change({ help: false })} @click=${event => event.target === event.currentTarget && event.target.close()}>
        <h2 id="help-title">Keys</h2>
        <dl>${KEYS.map(([keys, what]) => html`<div><dt>${keys.map(key => html`<kbd>${key}</kbd>`)}</dt><dd>${what}</dd></div>`)}</dl>
        <p>A path that you copy here works in <code>client-train --pkg_path</code>, <code>train --labels</code> and other commands: the worker uses the file where it lies.</p>
        <button autofocus @click=${event => event.target.closest('dialog').close()}>Close</button>
      </dialog>`
    : nothing;
}

/** A dialog takes the focus only when it is opened by hand. */
export function settleHelp() {
  const dialog = document.querySelector('dialog.help');
  if (dialog && !dialog.open) {
    dialog.showModal();
  }
}
