// SPDX-License-Identifier: Apache-2.0
import { reduceAccess, ACCESS_OPEN } from "./access/access-state.js";
import { COMPARE_NONE, reduceCompare } from "./compare/compare-state.js";
import { reduceDemo, DEMO_UNKNOWN } from "./demo/demo-state.js";
import { reduceRun, RUN_NONE } from "./run/run-state.js";
import { reduceRuns, RUNS_NONE } from "./runs/runs-state.js";

export const INITIAL_STATE = Object.freeze({
  route: { name: "none", params: {} },
  access: ACCESS_OPEN,
  runs: RUNS_NONE,
  run: RUN_NONE,
  compare: COMPARE_NONE,
  demo: DEMO_UNKNOWN,
  notice: null,
});

/** The root reducer. Each feature folds its own part; the same object comes back when none changed. */
export function reduce(state, action) {
  const next = {
    route: action.type === "route/changed" ? action.route : state.route,
    access: reduceAccess(state.access, action),
    runs: reduceRuns(state.runs, action),
    run: reduceRun(state.run, action),
    compare: reduceCompare(state.compare, action),
    demo: reduceDemo(state.demo, action),
    notice: reduceNotice(state.notice, action),
  };
  return Object.keys(next).every((key) => next[key] === state[key]) ? state : next;
}

function reduceNotice(notice, action) {
  switch (action.type) {
    case "notice/shown":
      return action.text;
    case "notice/hidden":
    case "route/changed":
      return null;
    default:
      return notice;
  }
}
