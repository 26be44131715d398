// SPDX-License-Identifier: Apache-2.0
import { openStream } from "../live/stream.js";
import { PAGE_SIZE } from "./runs-state.js";

/**
 * Loads the list and keeps it current. The list has no position to resume from, so each new
 * connection reads the first page again: what changed in between cannot be missed.
 *
 * @returns {{reload(): void, more(): void, close(): void}}
 */
export function watchRuns({ store, api, guard }) {
  const { dispatch } = store;

  async function load(offset) {
    try {
      dispatch({ type: "runs/loaded", page: await api.listRuns(PAGE_SIZE, offset) });
    } catch (error) {
      guard(error);
      dispatch({ type: "runs/failed", error });
    }
  }
  const stream = openStream({
    url: "/runs/stream",
    headers: api.headers,
    position: () => 0,
    onFrames(frames) {
      dispatch({ type: "live/frames", channel: "runs", at: Date.now() });
      const records = frames
        .filter((frame) => frame.event === "run")
        .map((f) => JSON.parse(f.data));
      if (records.length > 0) dispatch({ type: "runs/changed", records });
    },
    onPhase(phase, facts) {
      if (phase === "failed") guard(facts.error);
      dispatch({ type: "live/phase", channel: "runs", phase, ...facts });
      if (phase === "live") load(0);
    },
  });
  dispatch({ type: "runs/loading" });
  load(0);
  return {
    reload() {
      dispatch({ type: "runs/loading" });
      load(0);
    },
    more() {
      dispatch({ type: "runs/more" });
      load(store.state.runs.items.length);
    },
    close: stream.close,
  };
}
