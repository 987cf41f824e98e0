// The keyboard: every key that does something without the focus on a control of its own.

import * as actions from './actions.js';
import { change, state } from './store.js';
import { filterField, focusRow } from './view/focus.js';

const PAGE_STEP = 10;

const KEYS = {
  ArrowDown: () => move(state.cursor + 1),
  ArrowUp: () => move(state.cursor - 1),
  PageDown: () => move(state.cursor + PAGE_STEP),
  PageUp: () => move(state.cursor - PAGE_STEP),
  Home: () => move(0),
  End: () => move(Math.min(actions.rows().length, actions.shown()) - 1),
  ArrowRight: () => actions.current()?.type === 'directory' && actions.openRow(actions.current()),
  ArrowLeft: () => actions.up(),
  Backspace: () => actions.up(),
  Enter: () => actions.current() && actions.openRow(actions.current()),
  Escape: () => (state.place.find ? actions.up() : actions.type('')),
  '/': () => filterField()?.select(),
  c: () => actions.copyCurrent(),
  r: () => actions.refresh(),
  '?': () => change({ help: !state.help }),
};

const IN_FIELD = {
  ArrowDown: () => move(state.cursor),
  Enter: field => actions.search(field.value),
  Escape: field => (field.value && !state.place.find ? actions.type('') : leave()),
};

export function listen() {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || state.help) {
      return;
    }
    const field = event.target === filterField() ? event.target : null;
    if (!field && hasKeysOfItsOwn(event.target, event.key)) {
      return;
    }
    const action = (field ? IN_FIELD : KEYS)[event.key];
    if (action) {
      event.preventDefault();
      action(field);
    }
  });
}

function move(index) {
  actions.moveTo(index);
  focusRow();
}

function leave() {
  if (state.place.find) {
    actions.up();
  }
  focusRow();
}

function hasKeysOfItsOwn(target, key) {
  if (target.closest('[role=tablist]') && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) {
    return true;
  }
  return Boolean(target.closest('button, a, select')) && (key === 'Enter' || key === ' ' || target.matches('select'));
}
