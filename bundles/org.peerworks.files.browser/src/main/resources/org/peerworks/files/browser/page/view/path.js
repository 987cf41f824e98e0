// The mounts as tabs, and the way from a mount to the folder.

import { html } from '../lit/lit-html.js';
import { openFolder, refresh } from '../actions.js';
import { copyPath } from '../clipboard.js';
import { addressOf, crumbsOf, mountOf } from '../place.js';
import { state } from '../store.js';
import * as icons from './icons.js';
import { breakable } from './paths.js';

export function tabs() {
  const mounts = state.info?.mounts ?? [];
  const chosen = mountOf(state.place.path, mounts) ?? mounts[0];
  return html`
    <div class="tabs" role="tablist" aria-label="Mounts" @keydown=${step}>
      ${mounts.map(mount => html`
        <button role="tab" id="tab-${mounts.indexOf(mount)}" aria-controls="files"
          aria-selected=${mount === chosen} tabindex=${mount === chosen ? 0 : -1}
          title=${mount.problem || mount.path} @click=${() => openFolder(mount.path)}>
          ${mount.problem ? icons.warning : ''}${mount.label}${mount.problem
            ? html`<span class="unseen"> (${mount.problem})</span>`
            : ''}
        </button>`)}
    </div>`;
}

export function crumbs() {
  const { path } = state.place;
  const all = crumbsOf(path, state.info?.mounts ?? []);
  return html`
    <div class="path">
      <nav aria-label="Folder">
        <ol class="crumbs">
          ${all.map((crumb, index) => html`
            <li>${index < all.length - 1
              ? html`<a href=${addressOf({ path: crumb.path })}>${breakable(crumb.name)}</a>`
              : html`<span aria-current="page">${breakable(crumb.name)}</span>`}</li>`)}
        </ol>
      </nav>
      <div class="path-tools">
        <button class="quiet" @click=${() => copyPath(path)} title="Copy the path of this folder" aria-label="Copy the path of this folder">
          ${state.copied === path ? icons.done : icons.copy}
        </button>
        <button class="quiet" @click=${refresh} title="Look again (r)" aria-label="Look again">${icons.refresh}</button>
      </div>
    </div>`;
}

function step(event) {
  const tabs = [...event.currentTarget.children];
  const at = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to !== undefined && at >= 0) {
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  }
}
