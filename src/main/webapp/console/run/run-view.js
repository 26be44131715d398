// SPDX-License-Identifier: Apache-2.0
import { errorState, loadingState } from "../ui/states.js";
import { guard, html } from "../vendor/html.js";
import { decisionPanel } from "./decision-view.js";
import { foldDecision } from "./decision.js";
import { mergeEvents } from "./events.js";
import { participantsPanel } from "./participants-view.js";
import { policyPanel } from "./policy-view.js";
import { missingRun, runHeader } from "./run-header.js";
import { timelinePanel } from "./timeline-view.js";

let folded = { events: null, decisive: null, projection: null, decision: null };

/** The decision is folded again only when one of its inputs is another object. */
export function decisionOf(run) {
  const { events, decisive, projection } = run;
  const same =
    folded.events === events && folded.decisive === decisive && folded.projection === projection;
  if (!same) {
    const decision = foldDecision(mergeEvents(decisive, events), projection);
    folded = { events, decisive, projection, decision };
  }
  return folded.decision;
}

/** One run: header with the outcome sentence, decision, timeline, participants, policy. */
export function runView({ run, route }, actions) {
  switch (run.phase) {
    case "ready":
      return ready(run, route, actions);
    case "missing":
      return missingRun(run, actions);
    case "error":
      return html`<h1 tabindex="-1">Run</h1>
        ${errorState(run.error, actions.reloadRun, "The run did not load")}`;
    default:
      return html`<h1 tabindex="-1" class="visually-hidden">Run</h1>
        ${loadingState("the run", 6)}`;
  }
}

function ready(run, route, actions) {
  const decision = decisionOf(run);
  const level = route.params.events;
  const { events, hasEarlier, loadingEarlier, following, eventsError, seenSeq, endSeq, record } =
    run;
  const log = [
    events,
    hasEarlier,
    loadingEarlier,
    following,
    eventsError,
    seenSeq,
    endSeq,
    record,
    level,
  ];
  return html`${runHeader(run, decision, actions)}
    <div class="run-grid">
      <div class="run-main">
        ${guard([decision, run.record], () => decisionPanel(run, decision, actions))}
        ${guard(log, () => timelinePanel(run, level, actions))}
      </div>
      <div class="run-side">
        ${guard([run.projection, decision], () => participantsPanel(run, decision))}
        ${guard([run.projection, run.policy], () => policyPanel(run))}
      </div>
    </div>`;
}
