// SPDX-License-Identifier: Apache-2.0
const SETTLE_MS = 60;
const KEPT = 60;

/**
 * The read model as it was: folded by the server, asked for when the reader rests at a moment, kept
 * for those that were looked at lately. Whatever was asked for before and not answered is dropped.
 */
export function createPast({ run, dispatch, guard, api, id }) {
  const known = new Map();
  let timer = 0;

  function need(seq) {
    if (run().past.seq === seq) return;
    clearTimeout(timer);
    if (seq === null || known.has(seq)) {
      dispatch({ type: "run/past", seq, phase: "ready", projection: known.get(seq) ?? null });
      return;
    }
    dispatch({ type: "run/past", seq, phase: "loading" });
    timer = setTimeout(load, SETTLE_MS, seq);
  }

  async function load(seq) {
    try {
      const path = "/runs/" + encodeURIComponent(id) + "/replay/state";
      const projection = await api.get(path, { seq });
      known.set(seq, projection);
      if (known.size > KEPT) known.delete(known.keys().next().value);
      if (run().past.seq === seq) dispatch({ type: "run/past", seq, phase: "ready", projection });
    } catch (error) {
      guard(error);
      if (run().past.seq === seq) dispatch({ type: "run/past", seq, phase: "error", error });
    }
  }
  return { need, close: () => clearTimeout(timer) };
}
