// The rows: entries of a folder, or files that were found.

import { html, nothing } from '../lit/lit-html.js';
import { repeat } from '../lit/directives/repeat.js';
import { openFolder, openRow, reveal, rows, shown } from '../actions.js';
import { copyPath } from '../clipboard.js';
import { date, iso, size } from '../format.js';
import * as folder from '../folder.js';
import { addressOf } from '../place.js';
import { change, state } from '../store.js';
import * as icons from './icons.js';
import { breakable } from './paths.js';

const COLUMNS = [
  ['name', 'Name'],
  ['size', 'Size'],
  ['modified', 'Modified'],
];

export function table() {
  const found = Boolean(state.place.find);
  const all = rows();
  const visible = all.slice(0, shown());
  if (!visible.length) {
    return nothing;
  }
  const total = found || state.filter ? all.length : state.folder.total;
  return html`
    <table role="grid" class="files ${found ? 'found' : ''}" aria-rowcount=${total + 1}
      aria-label=${found ? `Files found for ${state.place.find}` : `Files in ${state.place.path}`}>
      <thead>
        <tr aria-rowindex="1">
          ${COLUMNS.map(([by, title]) => (found ? html`<th scope="col" class=${by}>${title}</th>` : head(by, title)))}
          <th scope="col" class="act"><span class="unseen">Copy the path</span></th>
        </tr>
      </thead>
      <tbody>${repeat(visible, row => row.path + row.name, (row, index) => line(row, index, found))}</tbody>
    </table>`;
}

function head(by, title) {
  const { sort } = state;
  const chosen = sort.by === by;
  return html`
    <th scope="col" class=${by} aria-sort=${chosen ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button class="sort" @click=${() => folder.sortBy(by)}>${title}<span class="arrow" aria-hidden="true">${chosen ? (sort.down ? '▼' : '▲') : ''}</span></button>
    </th>`;
}

function line(row, index, found) {
  const isFolder = row.type === 'directory';
  const here = index === state.cursor;
  return html`
    <tr class="${here ? 'cursor' : ''} ${isFolder ? 'folder' : 'file'}" aria-rowindex=${index + 2}
      aria-selected=${here} tabindex=${here ? 0 : -1}
      @focus=${() => index !== state.cursor && change({ cursor: index })}
      @click=${event => clicked(event, row, index)} @dblclick=${() => !isFolder && copyPath(row.path)}>
      <td class="name">
        <div class="cell">
          ${isFolder ? icons.folder : icons.file}
          <span class="what">
            ${isFolder
              ? html`<a href=${addressOf({ path: row.path })} tabindex="-1">${row.name}<span class="unseen"> (folder)</span></a>`
              : html`<span class="label">${row.name}</span>`}
            ${found ? place(row) : nothing}
            <span class="small">${isFolder ? '' : `${size(row.size)} · `}${date(row.modified)}</span>
          </span>
        </div>
      </td>
      <td class="size">${isFolder ? '' : size(row.size)}</td>
      <td class="modified">${row.modified ? html`<time datetime=${iso(row.modified)}>${date(row.modified)}</time>` : '–'}</td>
      <td class="act">${copyButton(row)}</td>
    </tr>`;
}

function place(row) {
  const at = row.path.slice(0, row.path.length - row.name.length);
  return html`<span class="place"><span class="mount">${row.mount}</span><a href=${addressOf({ path: at.replace(/\/$/, '') })} tabindex="-1"
    title="Show it in its folder" @click=${event => {
      event.preventDefault();
      event.stopPropagation();
      reveal(row);
    }}>${breakable(at)}</a>${row.match_type === 'exact' ? nothing : html`<span class="match">${row.match_type}</span>`}</span>`;
}

function copyButton(row) {
  const done = state.copied === row.path;
  return html`
    <button class="copy ${done ? 'done' : ''}" tabindex="-1" aria-label=${`Copy the path of ${row.name}`}
      @click=${event => {
        event.stopPropagation();
        copyPath(row.path);
      }}>${done ? icons.done : icons.copy}<span class="word">${done ? 'Copied' : 'Copy Path'}</span></button>`;
}

/** A folder opens; with a key for another tab, the browser does that. */
function clicked(event, row, index) {
  change({ cursor: index });
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  if (row.type === 'directory') {
    event.preventDefault();
    openFolder(row.path);
  } else if (event.detail === 0) {
    openRow(row);
  }
}
