// SPDX-License-Identifier: Apache-2.0
import { reduceAccess, ACCESS_OPEN } from "./access/access-state.js";
import { ATTENTION_NONE, reduceAttention } from "./attention/attention-state.js";
import { COMPARE_NONE, reduceCompare } from "./compare/compare-state.js";
import { reduceDemo, DEMO_UNKNOWN } from "./demo/demo-state.js";
import { reduceForms, reduceResources } from "./resources.js";
import { reduceRun, RUN_NONE } from "./run/run-state.js";
import { reduceRuns, RUNS_NONE } from "./runs/runs-state.js";
import { reducePrefs, USUAL } from "./ui/prefs.js";

export const INITIAL_STATE = Object.freeze({
  route: { name: "none", params: {}, query: {} },
  prefs: USUAL,
  access: ACCESS_OPEN,
  attention: ATTENTION_NONE,
  runs: RUNS_NONE,
  run: RUN_NONE,
  compare: COMPARE_NONE,
  demo: DEMO_UNKNOWN,
  resources: {},
  forms: {},
  menuOpen: false,
  notice: null,
});

/** The root reducer. Each feature folds its own part; the same object comes back when none changed. */
export function reduce(state, action) {
  const next = {
    route: action.type === "route/changed" ? action.route : state.route,
    prefs: reducePrefs(state.prefs, action),
    access: reduceAccess(state.access, action),
    attention: reduceAttention(state.attention, action),
    runs: reduceRuns(state.runs, action),
    run: reduceRun(state.run, action),
    compare: reduceCompare(state.compare, action),
    demo: reduceDemo(state.demo, action),
    resources: reduceResources(state.resources, action),
    forms: reduceForms(state.forms, action),
    menuOpen: reduceMenu(state.menuOpen, action),
    notice: reduceNotice(state.notice, action),
  };
  return Object.keys(next).every((key) => next[key] === state[key]) ? state : next;
}

function reduceMenu(open, action) {
  if (action.type === "menu/toggled") return !open;
  return action.type === "route/changed" ? false : open;
}

function reduceNotice(notice, action) {
  switch (action.type) {
    case "notice/shown":
      return action.text;
    case "notice/hidden":
      return null;
    default:
      return notice;
  }
}
