// SPDX-License-Identifier: Apache-2.0
import { connectionPill } from "../live/connection-view.js";
import { runTitle, sessionOf } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import { asText, formatCount, modeName } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { emptyState } from "../ui/states.js";
import { ago, duration } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";
import { outcomeOf } from "./outcome.js";
import { behind, isTerminal, latestSeq, statusOf } from "./run-state.js";

export function runHeader(run, decision, actions) {
  const { record, projection } = run;
  const outcome = outcomeOf(run, decision);
  const status = statusOf(run);
  return html`<header class="run-head">
    <div class="run-name">
      <h1 tabindex="-1"><bdi>${runTitle(record)}</bdi></h1>
      ${statusBadge(status)}
      <div class="page-tools">
        ${connectionPill(run.connection, { behind: behind(run), seq: run.lastSeq })}
        <button class="button" type="button" @click=${actions.copyLink}>
          ${icon("link")} Copy link
        </button>
        <button class="button" type="button" @click=${actions.copyCurl}>
          ${icon("shell")} Copy as curl
        </button>
      </div>
    </div>
    <div class="outcome-line tone-${outcome.tone}">
      ${icon(outcome.icon)}
      <div>
        <p class="outcome-sentence"><bdi>${outcome.sentence}</bdi></p>
        ${outcome.detail ? html`<p class="outcome-why"><bdi>${outcome.detail}</bdi></p>` : nothing}
      </div>
    </div>
    <dl class="facts">
      ${fact("Run", html`<span class="mono" title="Run id">${record.id}</span>`)}
      ${fact("Mode", modeName(projection.run?.modeName ?? sessionOf(record).modeName ?? "–"))}
      ${fact("Started", ago(record.startedAt ?? record.createdAt))}
      ${fact(isTerminal(status) ? "Took" : "Open for", duration(record.startedAt, endOf(run, status)))}
      ${fact("Source", asText(record.sourceKind) || "–")}
      ${fact("As of", html`<span class="mono">seq ${formatCount(latestSeq(projection))}</span>`)}
    </dl>
  </header>`;
}

function endOf(run, status) {
  return isTerminal(status) ? (run.record.endedAt ?? run.projection.run?.endedAt) : null;
}

function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

export function missingRun(run, actions) {
  return html`<h1 tabindex="-1">No such run</h1>
    ${emptyState({
      title: "Nothing is recorded under this id",
      text: run.error.message,
      action: html`<p class="actions">
          <a class="button primary" href="/runs">All runs</a>
          <button class="button" type="button" @click=${actions.reloadRun}>
            ${icon("retry")} Look again
          </button>
        </p>
        <p class="hint">
          A run appears when its session is first seen. One that was started a moment ago may
          still be on its way; a deleted one does not come back.
        </p>`,
    })}`;
}
