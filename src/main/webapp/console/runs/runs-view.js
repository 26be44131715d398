// SPDX-License-Identifier: Apache-2.0
import { demoCards, demoButton } from "../demo/demo-view.js";
import { connectionPill } from "../live/connection-view.js";
import { runPath } from "../router.js";
import { statusBadge } from "../ui/badge.js";
import { formatCount, modeName, plural, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { pageHead } from "../ui/kit.js";
import { emptyState, errorState, inlineError, loadingState } from "../ui/states.js";
import { ago, duration } from "../ui/time.js";
import { term } from "../ui/tip.js";
import { guard, html, nothing, repeat } from "../vendor/html.js";
import { isTerminal } from "../run/run-state.js";
import { filterBar } from "./filter-view.js";
import { participantCount, recordOutcome, runTitle, sessionOf } from "./record.js";

/** The list of runs. */
export function runsView(state, actions) {
  const { runs, demo } = state;
  return html`${pageHead({
    title: "Runs",
    sub: summary(runs),
    tools: html`${connectionPill(runs.connection)}
      ${runs.items.length > 0 ? demoButton(demo, actions) : nothing}
      <a class="button" href="/launch">${icon("plus")} Launch a run</a>`,
  })}
  ${filterBar(state, actions)} ${body(runs, demo, actions)}`;
}

/** Active runs are counted among the loaded ones only, and the words say so. */
export function summary(runs) {
  if (runs.phase !== "ready") return "\u00a0";
  const filtered = Object.keys(runs.filter).length > 0;
  if (runs.total === 0) return filtered ? "None match" : "Nothing recorded yet";
  const active = runs.items.filter((run) => !isTerminal(run.status) && run.status !== "suspended");
  const among = runs.reached ? "" : " among the " + formatCount(runs.items.length) + " shown";
  const match = filtered ? " match" : "";
  return plural(runs.total, "run") + match + ", " + formatCount(active.length) + " active" + among;
}

function body(runs, demo, actions) {
  switch (runs.phase) {
    case "error":
      return errorState(runs.error, actions.reloadRuns, "The list of runs did not load");
    case "ready":
      if (runs.items.length > 0) return list(runs, actions);
      return Object.keys(runs.filter).length > 0 ? noneMatch() : noRuns(demo, actions);
    default:
      return loadingState("runs", 8);
  }
}

function noneMatch() {
  return emptyState({
    title: "No run matches",
    text: "Take a filter away, or look at all of them.",
    action: html`<a class="button primary" href="/runs">All runs</a>`,
  });
}

function noRuns(demo, actions) {
  const offer = demo.phase === "available";
  const text = offer
    ? "To see one now, start a demo: scripted agents coordinate over the real protocol."
    : "Agents open sessions by themselves; a run can also be announced under Launch.";
  return emptyState({
    title: "No runs yet",
    text: "Runs appear here as soon as an agent opens a session on the runtime. " + text,
    action: offer ? demoCards(demo, actions) : nothing,
  });
}

function list(runs, actions) {
  const all = runs.items.every((run) => runs.selected.has(run.id));
  return html`${inlineError(runs.error)} ${bulkBar(runs, actions)} ${heldNotice(runs, actions)}
    <div class="card table-card">
      <table class="runs" role="table" aria-rowcount=${runs.total + 1}>
        <caption class="visually-hidden">
          Runs
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="c-select">
              <input
                type="checkbox"
                aria-label="Select all ${runs.items.length} shown runs"
                .checked=${all}
                .indeterminate=${!all && runs.selected.size > 0}
                @change=${(event) => actions.selectAll(event.target.checked)}
              />
            </th>
            ${heads().map(([cls, name]) => html`<th role="columnheader" scope="col" class=${cls}>${name}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            runs.items,
            (run) => run.id,
            (run) => {
              const selected = runs.selected.has(run.id);
              return guard([run, selected], () => row(run, selected, actions));
            },
          )}
        </tbody>
      </table>
    </div>
    ${more(runs, actions)}`;
}

function heads() {
  return [
    ["c-status", "Status"],
    ["c-run", term("run", "Run")],
    ["c-outcome", "Outcome"],
    ["c-mode", term("mode", "Mode")],
    ["c-agents num", "Agents"],
    ["c-started", "Started"],
    ["c-last", "Last event"],
    ["c-took num", "Took"],
    ["c-seq num", term("sequence (`seq`)", "Seq")],
  ];
}

function row(run, selected, actions) {
  const title = runTitle(run);
  const id = shortId(run.id);
  return html`<tr role="row" class=${selected ? "run-row selected" : "run-row"} data-row>
    <td role="cell" class="c-select">
      <input
        type="checkbox"
        aria-label="Select ${title} ${id}"
        data-run=${run.id}
        .checked=${selected}
        @click=${(event) => actions.selectRun(run.id, event)}
      />
    </td>
    <td role="cell" class="c-status">${statusBadge(run.status)}</td>
    <td role="cell" class="c-run">
      <a class="row-link" href=${runPath(run.id)}><bdi>${title}</bdi></a>
      <span class="mono quiet" title=${run.id}>${title.endsWith(id) ? "" : id}</span>
      ${tags(run)}
    </td>
    <td role="cell" class="c-outcome">${outcome(recordOutcome(run))}</td>
    <td role="cell" class="c-mode" title=${sessionOf(run).modeName ?? ""}>
      ${modeName(sessionOf(run).modeName ?? "–")}
    </td>
    <td role="cell" class="num c-agents">${participantCount(run) ?? "–"}</td>
    <td role="cell" class="c-started">${ago(run.startedAt ?? run.createdAt)}</td>
    <td role="cell" class="c-last">${ago(run.updatedAt)}</td>
    <td role="cell" class="num c-took">${duration(run.startedAt, run.endedAt)}</td>
    <td role="cell" class="num mono quiet c-seq">${formatCount(run.lastEventSeq)}</td>
  </tr>`;
}

function tags(run) {
  const names = Array.isArray(run.tags) ? run.tags : [];
  const archived = run.archivedAt
    ? html`<span class="tag">${icon("archive")} archived</span>`
    : nothing;
  return html`${names.map((tag) => html`<span class="tag"><bdi>${tag}</bdi></span>`)}${archived}`;
}

function outcome(facts) {
  if (!facts) return html`<span class="quiet">–</span>`;
  return html`<span class="outcome tone-text-${facts.tone}">${facts.word}</span> ${
      facts.detail
        ? html`<span class="outcome-detail" title=${facts.detail}><bdi>${facts.detail}</bdi></span>`
        : nothing
    }`;
}

function bulkBar(runs, actions) {
  const count = runs.selected.size;
  if (count === 0) return nothing;
  const button = (action, words, iconName, cls = "") =>
    html`<button class="button ${cls}" type="button" @click=${() => actions.bulk(action)}>
      ${icon(iconName)} ${words}
    </button>`;
  return html`<div class="bulk" role="region" aria-label="What to do with the selected runs">
    <b>${plural(count, "run")} selected</b>
    ${count === 2 ? compareLink([...runs.selected]) : nothing}
    ${button("export", "Export…", "download")} ${button("archive", "Archive…", "archive")}
    ${button("cancel", "Cancel…", "ban")} ${button("delete", "Delete…", "cross")}
    <button class="button bare-text" type="button" @click=${actions.clearSelection}>
      Select none
    </button>
  </div>`;
}

function compareLink([a, b]) {
  return html`<a class="button" href="${runPath(a)}/compare/${encodeURIComponent(b)}"
    >${icon("scale")} Compare</a
  >`;
}

function heldNotice(runs, actions) {
  if (runs.held.length === 0) return nothing;
  return html`<p class="held">
    <button class="button primary" type="button" @click=${actions.showHeld}>
      ${icon("arrow")} Show ${plural(runs.held.length, "new run")}
    </button>
  </p>`;
}

function more(runs, actions) {
  if (runs.reached) return nothing;
  return html`<p class="more" id="more-runs">
    <button class="button" type="button" ?disabled=${runs.loadingMore} @click=${actions.moreRuns}>
      ${runs.loadingMore ? "Loading…" : "Show more runs"}
    </button>
    <span class="hint">${formatCount(runs.items.length)} of ${formatCount(runs.total)}</span>
  </p>`;
}
