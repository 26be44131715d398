// SPDX-License-Identifier: Apache-2.0
import { toEvent } from "../run/events.js";
import { STORY_TYPES } from "../run/kinds.js";
import { latestSeq } from "../run/run-state.js";
import { runPath } from "../router.js";
import { runTitle } from "../runs/record.js";
import { readCompare, searchOf } from "./compare-address.js";
import { compareView } from "./compare-view.js";

const PAGE = 1_000;
const SETTLE_MS = 150;

let control = null;

/** Two runs side by side, or one run at two moments. */
export const comparePage = {
  title: ({ compare }) =>
    compare.left
      ? "Compare " + runTitle(compare.left.record) + " and " + runTitle(compare.right.record)
      : "Compare",
  open(ctx, route) {
    control = compareControl(ctx, route.params);
    control.load();
    return control;
  },
  close: (ctx) => ctx.store.dispatch({ type: "compare/closed" }),
  view: (state) => compareView(state.compare, control),
  spoken: ({ compare }) =>
    compare.phase === "ready" ? { text: "Comparison loaded", final: false } : null,
  shortcuts: () => [
    {
      keys: "b",
      label: "Align by type or by time",
      scope: "compare",
      run: () => control.toggleBy(),
    },
    { keys: "w", label: "Swap the sides", scope: "compare", run: () => control.swap() },
    {
      keys: "d",
      label: "Only what differs, or everything",
      scope: "compare",
      run: () => control.toggleOnly(),
    },
    { keys: "y", label: "Copy link", scope: "compare", run: () => control.copyLink() },
  ],
};

function compareControl({ store, api, guard, go, replace, copy }, { id, other }) {
  let timer = 0;
  const address = () => readCompare(store.state.route.query ?? {});
  const path = runPath(id) + "/compare/" + encodeURIComponent(other);
  const change = (changes) => replace(path + searchOf({ ...address(), ...changes }));

  async function side(runId, at) {
    const run = runPath(runId);
    const seq = at ?? undefined;
    const [record, projection, story, metrics] = await Promise.all([
      api.run(runId),
      at === null ? api.runState(runId) : api.get(run + "/replay/state", { seq }),
      api.get(run + "/events", { type: STORY_TYPES.join(","), limit: PAGE }),
      api.get(run + "/metrics"),
    ]);
    const events = story.data.map(toEvent).filter((event) => at === null || event.seq <= at);
    const latest = Math.max(record.lastEventSeq, latestSeq(projection));
    return { record, projection, events, total: story.total, metrics, latest, at };
  }

  async function load() {
    const { leftAt, rightAt } = address();
    const key = [id, leftAt, other, rightAt].join("|");
    store.dispatch({ type: "compare/opened", key });
    try {
      const [left, right] = await Promise.all([side(id, leftAt), side(other, rightAt)]);
      store.dispatch({ type: "compare/loaded", key, left, right });
    } catch (error) {
      guard(error);
      store.dispatch({ type: "compare/failed", key, error });
    }
  }
  return {
    address,
    load,
    change,
    same: id === other,
    href: (changes) => searchOf({ ...address(), ...changes }),
    onQuery() {
      const { leftAt, rightAt } = address();
      if (store.state.compare.key === [id, leftAt, other, rightAt].join("|")) return;
      clearTimeout(timer);
      timer = setTimeout(load, SETTLE_MS);
    },
    toggleBy: () => change({ by: address().by === "time" ? "type" : "time" }),
    toggleOnly: () => change({ only: address().only ? "" : "differences" }),
    swap() {
      const { leftAt, rightAt } = address();
      const search = searchOf({ ...address(), leftAt: rightAt, rightAt: leftAt, sel: null });
      go(runPath(other) + "/compare/" + encodeURIComponent(id) + search);
      if (id === other) load();
    },
    copyLink: () => copy(location.href, "Link copied"),
    close: () => clearTimeout(timer),
  };
}
