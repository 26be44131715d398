// SPDX-License-Identifier: Apache-2.0
import { runTitle } from "../runs/record.js";
import { runControl } from "./control.js";
import { spokenSummary } from "./outcome.js";
import { isTerminal, statusOf } from "./run-state.js";
import { decisionOf, runView } from "./run-view.js";
import { runShortcuts } from "./run-shortcuts.js";

let control = null;

/** One run: what happened, why, and what to do; live, and as it was at any moment. */
export const runPage = {
  title: ({ run }) => (run.record ? runTitle(run.record) : "Run"),
  open(ctx, route) {
    control = runControl(ctx, route.params.id);
    return control;
  },
  close: (ctx) => ctx.store.dispatch({ type: "run/closed" }),
  view: (state) => runView(state, control),
  shown: () => control?.shown(),
  spoken({ run }) {
    if (run.phase !== "ready") return null;
    return { text: spokenSummary(run, decisionOf(run)), final: isTerminal(statusOf(run)) };
  },
  shortcuts: () => runShortcuts(() => control),
};
