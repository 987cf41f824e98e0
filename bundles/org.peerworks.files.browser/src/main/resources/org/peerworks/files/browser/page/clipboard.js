// Copies paths, and says that it did.

import { change, state } from './store.js';

const FEEDBACK = 2000;

let ending;

export async function copyPath(path) {
  const copied = await write(path);
  change({ copied: copied ? path : '', toast: copied ? `Copied ${path}` : `Copy it yourself: ${path}` });
  clearTimeout(ending);
  ending = setTimeout(() => change({ copied: '', toast: '' }), copied ? FEEDBACK : FEEDBACK * 5);
}

export function say(toast) {
  change({ toast });
  clearTimeout(ending);
  ending = setTimeout(() => state.toast === toast && change({ toast: '' }), FEEDBACK);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeOldWay(text);
  }
}

/** Where the browser keeps the clipboard from pages, a selection still can be copied. */
function writeOldWay(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return copied;
}
