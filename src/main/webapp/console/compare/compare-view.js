// SPDX-License-Identifier: Apache-2.0
import { change, dollars } from "../run/amounts.js";
import { foldDecision } from "../run/decision.js";
import { outcomeOf } from "../run/outcome.js";
import { runPath } from "../router.js";
import { runTitle, sessionOf } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import {
  asText,
  clip,
  durationWords,
  formatCount,
  modeName,
  participantName,
  sentence,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { html, nothing } from "../vendor/html.js";
import { alignedPanel } from "./aligned-view.js";
import { metricRows, participantRows } from "./diff.js";

const METRICS = [
  ["durationMs", "Duration", durationWords],
  ["eventCount", "Events", formatCount],
  ["messageCount", "Messages", formatCount],
  ["proposalCount", "Proposals and positions", formatCount],
  ["signalCount", "Signals", formatCount],
  ["decisionCount", "Decisions", formatCount],
  ["totalTokens", "Tokens", formatCount],
  ["estimatedCostUsd", "Cost", dollars],
];

/** Two sides: outcome, participants, metrics, and their courses aligned. */
export function compareView(compare, control) {
  const { phase, left, right, error } = compare;
  if (phase === "error") {
    return html`<h1 tabindex="-1">Compare</h1>
      ${errorState(error, control.load, "The comparison did not load")}`;
  }
  if (!left) {
    return html`<h1 tabindex="-1" class="visually-hidden">Compare</h1>
      ${loadingState("the comparison", 6)}`;
  }
  return html`<div class="compare" aria-busy=${phase === "again"}>
    <div class="page-head">
      <div>
        <h1 tabindex="-1">Compare</h1>
        <p class="sub">${control.same ? "One run at two moments" : "Two runs side by side"}</p>
      </div>
      <div class="page-tools">
        <button class="button" type="button" @click=${control.swap}>
          ${icon("retry")} Swap sides
        </button>
        <button class="button" type="button" @click=${control.copyLink}>
          ${icon("link")} Copy link
        </button>
      </div>
    </div>
    <div class="sides">
      ${side("leftAt", "Left", left, control)} ${side("rightAt", "Right", right, control)}
    </div>
    ${verdict(left, right)}
    <div class="compare-grid">${participants(left, right)} ${metrics(left, right)}</div>
    ${alignedPanel(left, right, control)}
  </div>`;
}

/** The side as the run page would tell it. */
function asRun({ record, projection, events, at }) {
  const past = at === null ? {} : { projection };
  return { record, projection, past, story: { events }, recent: [], endSeq: null };
}

function outcome(one) {
  const run = asRun(one);
  return outcomeOf(run, foldDecision(one.events, one.projection));
}

function side(name, word, one, control) {
  const { sentence: words, detail, tone, icon: iconName } = outcome(one);
  const at = one.at ?? one.latest;
  const set = (event) => {
    const seq = Number(event.target.value);
    control.change({ [name]: seq >= one.latest ? null : seq, sel: null });
  };
  const status = one.at === null ? one.record.status : (one.projection.run?.status ?? "queued");
  return html`<section class="card side" aria-label=${word + " side"}>
    <h2>
      <a href=${runPath(one.record.id) + (one.at === null ? "" : "?at=" + one.at)}
        ><bdi>${runTitle(one.record)}</bdi></a
      >
      ${statusBadge(status)}
    </h2>
    <p class="outcome-line tone-${tone}">
      ${icon(iconName)}<span
        ><b class="outcome-sentence">${words}</b
        >${detail ? html`<br /><span class="outcome-why">${detail}</span>` : nothing}</span
      >
    </p>
    <dl class="facts">
      ${fact("Mode", modeName(one.projection.run?.modeName ?? sessionOf(one.record).modeName ?? "–"))}
      ${fact("Policy", asText(one.projection.policy?.policyVersion) || "none named")}
      ${fact("Run", html`<span class="mono">${one.record.id}</span>`)}
    </dl>
    <label class="moment-field">
      <span
        >${one.at === null ? "Latest" : "As of"}
        <span class="mono">seq ${formatCount(at)}</span></span
      >
      <input
        type="range"
        min="1"
        max=${one.latest}
        .value=${String(at)}
        aria-valuetext=${"seq " + at + " of " + one.latest}
        @change=${set}
      />
    </label>
  </section>`;
}

function fact(name, value) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** The difference in a sentence. */
function verdict(left, right) {
  const [a, b] = [outcome(left), outcome(right)];
  const same = a.sentence === b.sentence;
  return html`<p class="verdict-line">
    ${icon(same ? "check" : "hand")}
    <span
      >${
        same
          ? "Both say the same: " + a.sentence + "."
          : html`They differ: <b>${a.sentence}</b> on the left, <b>${b.sentence}</b> on the right.`
      }</span
    >
  </p>`;
}

function participants(left, right) {
  const rows = participantRows(left.projection, right.projection);
  const word = (one) =>
    one
      ? sentence(one.status) + (one.latestSummary ? ", last " + asText(one.latestSummary) : "")
      : "not there";
  return html`<section class="card" aria-labelledby="who-title">
    <h2 id="who-title">Participants <span class="count">${rows.length}</span></h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">Nobody on either side.</p>`
        : html`<div class="scroll-box" tabindex="0" role="region" aria-label="Participants">
            <table class="inner compare-table">
              <thead>
                <tr>
                  ${["Participant", "Left", "Right"].map((name) => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr class=${word(row.left) === word(row.right) ? "" : "differs"}>
                      <th scope="row"><bdi>${clip(participantName(row.id), 40)}</bdi></th>
                      <td>${word(row.left)}</td>
                      <td>${word(row.right)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

/** Counters are those of whole runs; as of a moment the read model says what it knows. */
function metrics(left, right) {
  const rows = metricRows(numbersOf(left), numbersOf(right), METRICS);
  return html`<section class="card" aria-labelledby="numbers-title">
    <h2 id="numbers-title">Metrics</h2>
    <div class="scroll-box" tabindex="0" role="region" aria-label="Metrics">
      <table class="inner compare-table">
        <thead>
          <tr>
            ${["", "Left", "Right", "Change"].map((name) => html`<th scope="col">${name || html`<span class="visually-hidden">Metric</span>`}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr class=${row.left === row.right ? "" : "differs"}>
                <th scope="row">${row.word}</th>
                <td>${row.left === null ? "–" : row.format(row.left)}</td>
                <td>${row.right === null ? "–" : row.format(row.right)}</td>
                <td>${change(row.left, row.right) || "–"}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function numbersOf(one) {
  if (one.at === null) return one.metrics;
  const { timeline, llm, signals } = one.projection;
  const span = one.events.length ? one.events.at(-1).at - one.events[0].at : null;
  return {
    durationMs: span,
    eventCount: timeline?.totalEvents ?? 0,
    signalCount: signals?.signals?.length ?? 0,
    totalTokens: llm?.totals?.totalTokens ?? 0,
    estimatedCostUsd: llm?.totals?.estimatedCostUsd ?? 0,
  };
}
