// A long path, which may go on in another line after each of its slashes.

import { html } from '../lit/lit-html.js';

export function breakable(path) {
  return path.split(/(?<=\/)/).map(part => html`${part}<wbr>`);
}
