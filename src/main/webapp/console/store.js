// SPDX-License-Identifier: Apache-2.0
/**
 * One store: events in, the reducer gives the next state, listeners hear that it changed.
 *
 * @template S
 * @param {(state: S, action: {type: string}) => S} reducer pure; must return the same object when
 *     nothing changed
 * @param {S} initial
 */
export function createStore(reducer, initial) {
  let state = initial;
  const listeners = new Set();
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const next = reducer(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Runs `work` at most once per animation frame, however often it is asked for. */
export function oncePerFrame(work, requestFrame = (f) => requestAnimationFrame(f)) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestFrame(() => {
      asked = false;
      work();
    });
  };
}
