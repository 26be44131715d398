// SPDX-License-Identifier: Apache-2.0
import { demoCards, demoButton } from "../demo/demo-view.js";
import { connectionPill } from "../live/connection-view.js";
import { runPath } from "../router.js";
import { statusBadge } from "../ui/badge.js";
import { formatCount, modeName, plural, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { emptyState, errorState, loadingState } from "../ui/states.js";
import { ago, duration } from "../ui/time.js";
import { guard, html, nothing, repeat } from "../vendor/html.js";
import { participantCount, recordOutcome, runTitle, sessionOf } from "./record.js";

/** The list of runs, newest first. */
export function runsView({ runs, demo }, actions) {
  return html`<div class="page-head">
      <div>
        <h1 tabindex="-1">Runs</h1>
        <p class="sub">${summary(runs)}</p>
      </div>
      <div class="page-tools">
        ${connectionPill(runs.connection)}
        ${runs.items.length > 0 ? demoButton(demo, actions) : nothing}
      </div>
    </div>
    ${body(runs, demo, actions)}`;
}

/** Active runs are counted among the loaded ones only, and the words say so. */
function summary(runs) {
  if (runs.phase !== "ready") return "\u00a0";
  if (runs.total === 0) return "Nothing recorded yet";
  const active = runs.items.filter((run) => run.endedAt === null && run.status !== "suspended");
  const among = runs.reached ? "" : " among the newest " + formatCount(runs.items.length);
  return plural(runs.total, "run") + ", " + formatCount(active.length) + " active" + among;
}

function body(runs, demo, actions) {
  switch (runs.phase) {
    case "error":
      return errorState(runs.error, actions.reloadRuns, "The list of runs did not load");
    case "ready":
      return runs.items.length === 0 ? noRuns(demo, actions) : list(runs, actions);
    default:
      return loadingState("runs", 8);
  }
}

function noRuns(demo, actions) {
  const offer = demo.phase === "available";
  const text = offer
    ? "To see one now, start a demo: scripted agents coordinate over the real protocol."
    : "Agents open sessions by themselves; a run can also be announced with POST /runs.";
  return emptyState({
    title: "No runs yet",
    text: "Runs appear here as soon as an agent opens a session on the runtime. " + text,
    action: offer ? demoCards(demo, actions) : nothing,
  });
}

function list(runs, actions) {
  return html`${
    runs.error
      ? html`<p class="inline-error" role="alert">${icon("cross")} ${runs.error.message}</p>`
      : nothing
  }
    <div class="card table-card">
      <table class="runs" role="table">
        <caption class="visually-hidden">Runs, newest first</caption>
        <thead role="rowgroup">
          <tr role="row">
            ${["Status", "Run", "Outcome", "Mode", "Agents", "Started", "Took", "Seq"].map(
              (name) => html`<th role="columnheader" scope="col">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            runs.items,
            (run) => run.id,
            (run) => guard([run], () => row(run)),
          )}
        </tbody>
      </table>
    </div>
    ${runs.reached ? nothing : more(runs, actions)}`;
}

function row(run) {
  const title = runTitle(run);
  const id = shortId(run.id);
  return html`<tr role="row" class="run-row">
    <td role="cell" class="c-status">${statusBadge(run.status)}</td>
    <td role="cell" class="c-run">
      <a class="row-link" href=${runPath(run.id)}><bdi>${title}</bdi></a>
      <span class="mono quiet" title=${run.id}>${title.endsWith(id) ? "" : id}</span>
      ${tags(run)}
    </td>
    <td role="cell" class="c-outcome">${outcome(recordOutcome(run))}</td>
    <td role="cell" class="c-mode">${modeName(sessionOf(run).modeName ?? "–")}</td>
    <td role="cell" class="num c-agents">${participantCount(run) ?? "–"}</td>
    <td role="cell" class="c-started">${ago(run.startedAt ?? run.createdAt)}</td>
    <td role="cell" class="num c-took">${duration(run.startedAt, run.endedAt)}</td>
    <td role="cell" class="num mono quiet c-seq">${formatCount(run.lastEventSeq)}</td>
  </tr>`;
}

function tags(run) {
  const names = Array.isArray(run.tags) ? run.tags : [];
  return names.map((tag) => html`<span class="tag"><bdi>${tag}</bdi></span>`);
}

function outcome(facts) {
  if (!facts) return html`<span class="quiet">–</span>`;
  return html`<span class="outcome tone-text-${facts.tone}">${facts.word}</span>
    ${
      facts.detail
        ? html`<span class="outcome-detail" title=${facts.detail}><bdi>${facts.detail}</bdi></span>`
        : nothing
    }`;
}

function more(runs, actions) {
  return html`<p class="more">
    <button class="button" type="button" ?disabled=${runs.loadingMore} @click=${actions.moreRuns}>
      ${runs.loadingMore ? "Loading…" : "Show older runs"}
    </button>
    <span class="hint">${formatCount(runs.items.length)} of ${formatCount(runs.total)}</span>
  </p>`;
}
