// SPDX-License-Identifier: Apache-2.0
import { LIST } from "../live/hub.js";
import { openShared } from "../live/shared.js";
import { readFilter, requestOf } from "./filter.js";
import { PAGE_SIZE } from "./runs-state.js";

const FAR_DOWN = 240;

/**
 * Loads the list and keeps it current. The list has no position to resume from, so each new
 * connection reads the first page again: what changed in between cannot be missed.
 */
export function watchRuns({ store, api, guard }, query) {
  const { dispatch } = store;
  let turn = 0;

  async function load(offset) {
    const mine = turn;
    const filter = requestOf(store.state.runs.filter, Date.now());
    try {
      const page = await api.listRuns(PAGE_SIZE, offset, filter);
      if (mine === turn) dispatch({ type: "runs/loaded", page });
    } catch (error) {
      guard(error);
      if (mine === turn) dispatch({ type: "runs/failed", error });
    }
  }
  function open(fields) {
    turn += 1;
    dispatch({ type: "runs/filter", filter: readFilter(fields) });
    load(0);
  }
  open(query);
  const stream = openShared({
    topic: LIST,
    headers: api.headers,
    position: () => 0,
    onFrames(frames) {
      dispatch({ type: "live/frames", channel: "runs", at: Date.now() });
      const records = frames
        .filter((frame) => frame.event === "run")
        .map((f) => JSON.parse(f.data));
      if (records.length === 0) return;
      dispatch({ type: "runs/changed", records, now: Date.now(), hold: () => scrollY > FAR_DOWN });
    },
    onPhase(phase, facts) {
      if (phase === "failed") guard(facts.error);
      dispatch({ type: "live/phase", channel: "runs", phase, ...facts });
      if (phase === "live") load(0);
    },
  });
  return {
    onQuery: open,
    reload() {
      dispatch({ type: "runs/loading" });
      load(0);
    },
    more() {
      if (store.state.runs.loadingMore) return;
      dispatch({ type: "runs/more" });
      load(store.state.runs.items.length);
    },
    close() {
      turn += 1;
      stream.close();
    },
  };
}
