// What stands below the rows, or in their place: how many there are, and what went wrong.

import { html, nothing } from '../lit/lit-html.js';
import { refresh, rows, shown } from '../actions.js';
import { clock, count, iso } from '../format.js';
import * as folder from '../folder.js';
import { state } from '../store.js';
import * as icons from './icons.js';

export function summary() {
  return state.place.find ? ofSearch() : ofFolder();
}

/** When what is shown was last heard from the worker. */
export function updated() {
  const at = state.place.find ? state.search?.updated : state.folder?.updated;
  return at ? html`Updated <time datetime=${iso(at)}>${clock(at)}</time>` : nothing;
}

/** How many rows there are. */
export function counts() {
  return state.place.find ? found(state.search) : listed(state.folder);
}

function listed(open) {
  const all = rows();
  return open && all.length
    ? `${counted(all.length, open, state.filter)}${open.hidden ? ` · ${count(open.hidden)} that cannot be shown` : ''}${open.loading ? ' · Loading …' : ''}`
    : nothing;
}

function found(search) {
  if (!search || search.error) {
    return nothing;
  }
  const number = search.candidates.length;
  return search.done
    ? `${number} ${number === 1 ? 'file' : 'files'} found in ${(search.outcome.search_time_ms / 1000).toFixed(2)} s, ${count(search.outcome.seen)} looked at`
    : html`<span class="spin" aria-hidden="true"></span>Searching … ${number ? `${number} so far` : ''}`;
}

function ofFolder() {
  const { folder: open, filter } = state;
  if (!open) {
    return empty(state.info && !state.info.mounts.length
      ? 'This worker has no mounts. Whoever runs it can add some: see ‘Mounts’ in the manual.'
      : 'Loading …');
  }
  const all = rows();
  return html`
    ${open.error ? problem(open.error) : nothing}
    ${!all.length && !open.error ? empty(nothingOf(open, filter)) : nothing}`;
}

function nothingOf(open, filter) {
  if (open.loading) {
    return 'Loading …';
  }
  if (filter) {
    return `Nothing here has ‘${filter}’ in its name. Enter searches all mounts.`;
  }
  return open.hidden ? `Nothing here can be shown; there are ${count(open.hidden)} others.` : 'This folder is empty.';
}

function counted(length, open, filter) {
  const visible = Math.min(length, shown());
  const looked = folder.isPartial() ? ` (of the first ${count(open.entries.length)})` : '';
  return filter
    ? `Showing ${count(visible)} of ${count(length)} that match, ${count(open.total)} in all${looked}`
    : `Showing ${count(visible)} of ${count(open.total)}${looked}`;
}

function ofSearch() {
  const { search } = state;
  if (!search) {
    return empty('Searching …');
  }
  if (search.error) {
    return problem(search.error);
  }
  return html`
    ${search.candidates.length || !search.done ? nothing : empty(`No file of this worker is called something like ‘${search.pattern}’.`)}
    ${search.done ? caveats(search.outcome) : nothing}`;
}

function caveats(outcome) {
  const all = [
    outcome.truncated && 'More files match than are shown: say more of the name.',
    outcome.timeout && 'The time was up, or the search was stopped, before all was seen.',
    outcome.deeper && 'Some folders lie too deep and were left out.',
    outcome.skipped && `${count(outcome.skipped)} folders or files could not be read.`,
    outcome.unavailable.length && `Not answering: ${outcome.unavailable.join(', ')}.`,
  ].filter(Boolean);
  return all.length ? html`<ul class="caveats">${all.map(text => html`<li>${text}</li>`)}</ul>` : nothing;
}

function problem(error) {
  const away = error.code === 'DISCONNECTED' || error.code === 'UNAVAILABLE';
  return html`
    <div class="problem ${away ? 'away' : ''}" role="alert">
      ${icons.warning}<span>${away ? 'Waiting for the worker. This comes back by itself.' : error.message}</span>
      ${away ? nothing : html`<button @click=${refresh}>Try again</button>`}
    </div>`;
}

function empty(text) {
  return html`<p class="empty">${text}</p>`;
}
