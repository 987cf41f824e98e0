// Which worker this is, and how the connection to it is.

import { html, nothing } from '../lit/lit-html.js';
import { clock, iso } from '../format.js';
import { change, state } from '../store.js';
import { toggle } from '../themes.js';
import * as icons from './icons.js';

export function header() {
  const now = status();
  return html`
    <header class="bar">
      <div class="brand">${icons.mark}<h1>Peerworks <span>files</span></h1></div>
      <div class="worker">
        <span class="name" title="Worker">${state.connection?.worker ?? ''}</span>
        <span class="status ${now.kind}" role="status" id="status">
          <span class="dot" aria-hidden="true"></span>
          <span>${now.text}${now.since
            ? html` <span class="since">since <time datetime=${iso(now.since)}>${clock(now.since)}</time></span>`
            : nothing}</span>
        </span>
      </div>
      <div class="tools">
        <button class="quiet" @click=${() => change({ help: true })} aria-label="Keys and help" title="Keys and help (?)">${icons.help}</button>
        <button class="quiet" @click=${toggle} aria-label="Change between dark and light" title="Dark or light">${icons.theme}</button>
      </div>
    </header>
    ${now.advice
      ? html`<p class="banner ${now.kind}" id="banner" role="alert">${icons.warning}<span>${now.advice}</span></p>`
      : nothing}`;
}

function status() {
  const { page, pageSince, connection } = state;
  if (page === 'opening') {
    return { kind: 'wait', text: 'Connecting' };
  }
  if (page === 'refused') {
    return {
      kind: 'bad',
      text: 'Page out of date',
      since: pageSince,
      advice: 'This page belongs to an earlier run of ‘peerworks browse’. Open the address that the command has printed last.',
    };
  }
  if (page === 'lost') {
    return {
      kind: 'bad',
      text: 'Disconnected',
      since: pageSince,
      advice: '‘peerworks browse’ does not answer. Is it still running? Trying again …',
    };
  }
  if (!connection) {
    return { kind: 'wait', text: 'Connecting' };
  }
  return {
    connected: { kind: 'good', text: 'Connected', since: connection.since },
    silent: {
      kind: 'warn',
      text: 'Not answering',
      since: connection.since,
      advice: 'The worker does not answer. What you see may be out of date. Trying again …',
    },
    lost: {
      kind: 'bad',
      text: 'Connection lost',
      since: connection.since,
      advice: `${connection.trouble} Trying again …`,
    },
  }[connection.state];
}
