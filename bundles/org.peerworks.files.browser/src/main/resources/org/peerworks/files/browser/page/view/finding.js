// The field that filters as one types, and searches the mounts on Enter.

import { html, nothing } from '../lit/lit-html.js';
import { live } from '../lit/directives/live.js';
import { search, type, up } from '../actions.js';
import * as finder from '../finder.js';
import { state } from '../store.js';
import * as icons from './icons.js';

export function finding() {
  const { find } = state.place;
  return html`
    <div class="finding" role="search">
      <label class="field">
        ${icons.search}
        <span class="unseen">Filter this folder; Enter searches all mounts</span>
        <input id="filter" type="text" autocomplete="off" spellcheck="false" maxlength="300"
          placeholder="Filter this folder, or search with Enter"
          .value=${live(state.words)} @input=${event => type(event.target.value)}>
        <kbd aria-hidden="true">/</kbd>
      </label>
      <button @click=${() => search(state.words)}>Search</button>
      ${find ? scope() : nothing}
    </div>`;
}

function scope() {
  const mounts = state.info?.mounts ?? [];
  return html`
    <label class="scope">in
      <select @change=${event => search(state.place.find, event.target.value)}>
        <option value="" ?selected=${!state.place.mount}>all mounts</option>
        ${mounts.map(mount => html`<option value=${mount.label} ?selected=${state.place.mount === mount.label}>${mount.label}</option>`)}
      </select>
    </label>
    ${state.search && !state.search.done
      ? html`<button @click=${finder.stop}>Stop</button>`
      : nothing}
    <button @click=${up}>Back to the folder</button>`;
}
