// SPDX-License-Identifier: Apache-2.0
import { formatCount, timeOf } from "../ui/format.js";
import { findingsList } from "../ui/findings.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { guard, html, nothing } from "../vendor/html.js";
import { TABS } from "./address.js";
import { dataPanel } from "./data-view.js";
import { decisionPanel } from "./decision-view.js";
import { commitmentOf, foldDecision } from "./decision.js";
import { deliveriesPanel } from "./deliveries-view.js";
import { eventsPanel } from "./events-view.js";
import { graphPanel } from "./graph-view.js";
import { inspector } from "./inspector.js";
import { participantsPanel } from "./participants-view.js";
import { policyPanel } from "./policy-view.js";
import { missingRun, runHeader } from "./run-header.js";
import { shownProjection } from "./run-state.js";
import { scrubber } from "./scrubber-view.js";
import { storyPanel } from "./story-view.js";
import { timelinePanel } from "./timeline-view.js";
import { whatIfPanel } from "./what-if-view.js";

let folded = { events: null, projection: null, at: null, decision: null };

/** The decision is folded again only when one of its inputs is another object. */
export function decisionOf(run) {
  const { events } = run.story;
  const projection = shownProjection(run);
  const at = run.past.seq;
  if (folded.events !== events || folded.projection !== projection || folded.at !== at) {
    const told = at === null ? events : events.filter((event) => event.seq <= at);
    const decision = foldDecision(told, projection);
    const known = decision.commitment
      ? decision
      : { ...decision, commitment: knownCommitment(projection) };
    folded = { events, projection, at, decision: known };
  }
  return folded.decision;
}

/** What the read model knows of a commitment whose event this page has not read yet. */
function knownCommitment(projection) {
  const current = projection.decision?.current;
  if (!current?.finalized) return null;
  return { ...commitmentOf(current), at: timeOf(current.resolvedAt) ?? 0 };
}

/** One run: header with the outcome, a tab, the selected event, and the scrubber. */
export function runView({ run }, control) {
  switch (run.phase) {
    case "ready":
      return ready(run, control);
    case "missing":
      return missingRun(run, control);
    case "error":
      return html`<h1 tabindex="-1">Run</h1>
        ${errorState(run.error, control.reload, "The run did not load")}`;
    default:
      return html`<h1 tabindex="-1" class="visually-hidden">Run</h1>
        ${loadingState("the run", 6)}`;
  }
}

function ready(run, control) {
  const address = control.address();
  const decision = decisionOf(run);
  const selected = address.sel !== null;
  return html`${runHeader(run, decision, control)}
    ${diagnosis(run)}
    <nav class="tabs" aria-label="Views of the run">
      ${TABS.map(([id, word], at) => tab(id, word, at, address, control))}
    </nav>
    <div class="run-body ${selected ? "with-inspector" : ""}" data-tab=${address.tab}>
      <div class="run-panel" aria-busy=${run.past.phase === "loading"}>
        ${run.past.phase === "error" ? pastError(run, control) : nothing}
        ${panel(run, decision, address, control)}
      </div>
      ${selected ? inspector(run, address, control) : nothing}
    </div>
    ${scrubber(run, address, control)}`;
}

/** Why it does not move, or failed. */
function diagnosis({ parts, record }) {
  const { key, body } = parts.diagnosis ?? {};
  if (key !== record.status || !body?.findings.length) return nothing;
  return html`<section class="card" aria-label="Diagnosis">${findingsList(body.findings)}</section>`;
}

function tab(id, word, at, address, control) {
  return html`<a
    href=${control.href({ tab: id })}
    aria-current=${address.tab === id ? "page" : "false"}
    title=${word + " (" + (at + 1) + ")"}
    >${word}</a
  >`;
}

function pastError(run, control) {
  return html`<p class="inline-error" role="alert">
    ${icon("cross")} The state at ${formatCount(run.past.seq)} did not load:
    ${run.past.error.message}
    <button class="button" type="button" @click=${() => control.go({ at: null })}>
      Back to the latest
    </button>
  </p>`;
}

function panel(run, decision, address, control) {
  switch (address.tab) {
    case "timeline":
      return timelinePanel(run, address, control);
    case "events":
      return eventsPanel(run, address, control);
    case "graph":
      return graphPanel(run, address, control);
    case "decision":
      return decisionTab(run, decision, control);
    case "data":
      return dataPanel(run, control);
    case "deliveries":
      return deliveriesPanel(run, address, control);
    default:
      return guard([run.story, run.past.seq, address.sel, run.record, run.projection], () =>
        storyPanel(run, address, control),
      );
  }
}

function decisionTab(run, decision, control) {
  const { whatIf, policies } = run.parts;
  return html`<div class="run-grid">
    <div class="run-main">
      ${guard([decision, run.record, run.past], () => decisionPanel(run, decision, control))}
      ${guard([whatIf, policies, run.projection], () => whatIfPanel(run, control))}
    </div>
    <div class="run-side">
      ${guard([shownProjection(run), decision], () => participantsPanel(run, decision))}
      ${guard([shownProjection(run), run.policy], () => policyPanel(run))}
    </div>
  </div>`;
}
