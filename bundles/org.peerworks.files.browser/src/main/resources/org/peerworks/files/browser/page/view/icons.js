// Drawings, in the colour of the text around them; screen readers skip them.

import { svg, html } from '../lit/lit-html.js';

const icon = path => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${path}</svg>`;

export const folder = icon(svg`<path d="M2 5.2C2 4 3 3 4.200 3h3.300c.5 0 1 .2 1.400.6L10.300 5h5.500C17 5 18 6 18 7.200v7.600c0 1.200-1 2.200-2.200 2.200H4.200C3 17 2 16 2 14.800z" fill="currentColor"/>`);
export const file = icon(svg`<path d="M5 2.500h6.500L16 7v9.500a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM11.500 2.500V7H16" fill="none" stroke="currentColor" stroke-width="1.400" stroke-linejoin="round"/>`);
export const copy = icon(svg`<path d="M7.500 7.500v-4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-4M3.500 7.500h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1z" fill="none" stroke="currentColor" stroke-width="1.500"/>`);
export const done = icon(svg`<path d="m4 10.500 4 4 8-9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`);
export const refresh = icon(svg`<path d="M16.500 10a6.500 6.500 0 1 1-1.900-4.600M15 2v3.600h-3.600" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round"/>`);
export const search = icon(svg`<circle cx="8.500" cy="8.500" r="5.500" fill="none" stroke="currentColor" stroke-width="1.600"/><path d="m13 13 4.500 4.500" stroke="currentColor" stroke-width="1.600" stroke-linecap="round"/>`);
export const theme = icon(svg`<circle cx="10" cy="10" r="7.200" fill="none" stroke="currentColor" stroke-width="1.500"/><path d="M10 2.800a7.200 7.200 0 0 1 0 14.400z" fill="currentColor"/>`);
export const help = icon(svg`<circle cx="10" cy="10" r="7.200" fill="none" stroke="currentColor" stroke-width="1.500"/><path d="M7.800 8a2.200 2.200 0 1 1 3.200 2c-.7.4-1 .8-1 1.600M10 14v.2" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linecap="round"/>`);
export const warning = icon(svg`<path d="M10 3 2.500 16.500h15zM10 8v4M10 14v.3" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round"/>`);
export const reveal = icon(svg`<path d="M3 6c0-1 .8-1.800 1.800-1.800h2.600L9 6h6.200c1 0 1.800.8 1.800 1.800v6.400c0 1-.8 1.800-1.800 1.800H4.800C3.800 16 3 15.200 3 14.200zM8 11h5m-2-2 2 2-2 2" fill="none" stroke="currentColor" stroke-width="1.400" stroke-linecap="round" stroke-linejoin="round"/>`);
export const mark = icon(svg`<rect width="20" height="20" rx="4.500" class="mark-ground"/><path d="M4 7c0-1 .7-1.700 1.700-1.700h2.700c.4 0 .8.2 1 .4l1 1h4c1 0 1.600.7 1.600 1.600v5c0 1-.7 1.600-1.600 1.600H5.700c-1 0-1.700-.7-1.700-1.600z" class="mark-folder"/>`);
