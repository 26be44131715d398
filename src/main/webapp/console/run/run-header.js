// SPDX-License-Identifier: Apache-2.0
import { connectionPill } from "../live/connection-view.js";
import { runTitle, sessionOf } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import { asText, clock, formatCount, modeName } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { emptyState } from "../ui/states.js";
import { ago, duration } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";
import { dollars } from "./amounts.js";
import { outcomeOf } from "./outcome.js";
import { behind, isTerminal, latestSeq, shownProjection, statusOf } from "./run-state.js";

export function runHeader(run, decision, control) {
  const { record } = run;
  const outcome = outcomeOf(run, decision);
  return html`<header class="run-head">
    <div class="run-name">
      <h1 tabindex="-1"><bdi>${runTitle(record)}</bdi></h1>
      ${statusBadge(statusOf(run))}
      ${record.archivedAt ? html`<span class="tag">archived</span>` : nothing}
      <div class="page-tools">
        ${connectionPill(run.connection, { behind: behind(run), seq: run.lastSeq })}
        <button class="button" type="button" @click=${control.copyLink}>
          ${icon("link")} Copy link
        </button>
        ${actionMenu(run, control)}
      </div>
    </div>
    ${run.busy?.failed ? failure(run.busy.failed, control) : nothing}
    ${run.past.seq === null ? nothing : asOf(run, control)}
    <div class="outcome-line tone-${outcome.tone}">
      ${icon(outcome.icon)}
      <div>
        <p class="outcome-sentence"><bdi>${outcome.sentence}</bdi></p>
        ${outcome.detail ? html`<p class="outcome-why"><bdi>${outcome.detail}</bdi></p>` : nothing}
      </div>
    </div>
    ${facts(run)}
  </header>`;
}

function facts(run) {
  const { record } = run;
  const projection = shownProjection(run);
  const status = statusOf({ ...run, past: {} });
  const ended = isTerminal(status) ? (record.endedAt ?? projection.run?.endedAt) : null;
  const policy = asText(projection.policy?.policyVersion);
  const totals = projection.llm?.totals ?? {};
  return html`<dl class="facts run-facts">
    ${fact("Mode", modeName(projection.run?.modeName ?? sessionOf(record).modeName ?? "–"))}
    ${fact("Policy", policy ? html`<bdi>${policy}</bdi>` : html`<span class="quiet">none named</span>`)}
    ${fact("Started", ago(record.startedAt ?? record.createdAt))}
    ${fact(isTerminal(status) ? "Took" : "Open for", duration(record.startedAt, ended))}
    ${fact("Tokens", formatCount(totals.totalTokens ?? 0))}
    ${fact("Cost", dollars(totals.estimatedCostUsd ?? 0))}
    ${fact(
      "Events",
      html`${formatCount(projection.timeline?.totalEvents ?? 0)}
        <span class="quiet mono">seq ${formatCount(latestSeq(projection))}</span>`,
    )}
    ${fact("Source", asText(record.sourceKind) || "–")}
    ${fact("Run", html`<span class="mono" title="Run id">${record.id}</span>`)}
  </dl>`;
}

function fact(name, value) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Whoever looks at the past is told so, and how to come back. */
function asOf(run, control) {
  const { seq } = run.past;
  const event = run.story.events.findLast((one) => one.seq <= seq);
  const latest = latestSeq(run.projection);
  return html`<p class="as-of">
    ${icon("clock")}
    <span
      ><b>As of seq ${formatCount(seq)}</b>${event ? ", " + clock(event.at) : ""} — the latest is
      ${formatCount(latest)}</span
    >
    <button class="button" type="button" @click=${() => control.go({ at: null })}>
      Back to the latest
    </button>
  </p>`;
}

function failure(sentence, control) {
  return html`<p class="inline-error action-error" role="alert">
    ${icon("cross")} <span>${sentence}</span>
    <button class="button bare" type="button" aria-label="Dismiss" @click=${control.dismiss}>
      ${icon("close")}
    </button>
  </p>`;
}

function actionMenu(run, control) {
  const close = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary").focus();
  };
  return html`<details class="menu" id="run-actions" @keydown=${close}>
    <summary class="button">${icon("bolt")} Actions</summary>
    <ul aria-label="Actions">
      ${control.actions().map((action) => actionRow(action, run, control))}
      <li>
        <div class="action">
          <button class="button" type="button" @click=${() => done(control.compare)}>
            ${icon("scale")} Compare
          </button>
          <p class="hint">Beside another run, or with itself at another moment.</p>
        </div>
      </li>
    </ul>
  </details>`;
}

function done(act) {
  document.getElementById("run-actions").open = false;
  act();
}

function actionRow(action, run, control) {
  const busy = run.busy?.id === action.id;
  return html`<li>
    <div class="action">
      <button
        class="button"
        type="button"
        ?disabled=${Boolean(action.why) || Boolean(run.busy?.id)}
        aria-describedby=${"about-" + action.id}
        @click=${() => done(() => control.act(action))}
      >
        ${icon(action.icon)} ${busy ? action.word + "…" : action.word}
      </button>
      <p class="hint" id=${"about-" + action.id}>${action.why || action.about}</p>
      <button
        class="button bare"
        type="button"
        aria-label=${"Copy " + action.word + " as curl"}
        title="Copy as curl"
        @click=${() => control.copyActionCurl(action)}
      >
        ${icon("shell")}
      </button>
    </div>
  </li>`;
}

export function missingRun(run, control) {
  return html`<h1 tabindex="-1">No such run</h1>
    ${emptyState({
      title: "Nothing is recorded under this id",
      text: run.error.message,
      action: html`<p class="actions">
          <a class="button primary" href="/runs">All runs</a>
          <button class="button" type="button" @click=${control.reload}>
            ${icon("retry")} Look again
          </button>
        </p>
        <p class="hint">
          A run appears when its session is first seen. One that was started a moment ago may still
          be on its way; a deleted one does not come back.
        </p>`,
    })}`;
}
