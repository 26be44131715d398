// SPDX-License-Identifier: Apache-2.0
import {
  asText,
  clock,
  dayAndClock,
  durationWords,
  formatCount,
  participantName,
  percent,
  sentence,
  timeOf,
} from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { traceAddress, traceTemplate } from "../ui/trace-address.js";
import { html, nothing } from "../vendor/html.js";
import { dollars } from "./amounts.js";
import { jsonTree } from "./json-view.js";
import { shownProjection } from "./run-state.js";

const SHOWN_SIGNALS = 40;

/** Numbers, model calls, signals, artifacts, the trace, and the record itself. */
export function dataPanel(run, control) {
  const part = run.parts.data;
  const projection = shownProjection(run);
  return html`<div class="data-grid">
    ${part?.phase === "error" ? errorState(part.error, () => control.parts.again("data"), "Not all of this loaded") : nothing}
    ${part?.body ? metrics(part.body.metrics) : loadingState("the metrics", 3)}
    ${models(projection.llm)} ${part?.body ? traceCard(part.body.trace, control) : nothing}
    ${part?.body ? artifacts(part.body.artifacts) : nothing}
    ${signals(projection.signals?.signals ?? [])} ${record(run, control)}
  </div>`;
}

const COUNTS = [
  ["eventCount", "Events"],
  ["messageCount", "Messages"],
  ["proposalCount", "Proposals and positions"],
  ["signalCount", "Signals"],
  ["toolCallCount", "Tool calls"],
  ["decisionCount", "Decisions"],
  ["streamReconnectCount", "Reconnects"],
];

function metrics(body) {
  return html`<section class="card" aria-labelledby="metrics-title">
    <h2 id="metrics-title">Metrics</h2>
    <dl class="numbers">
      ${COUNTS.map(([name, word]) => number(word, formatCount(body[name] ?? 0)))}
      ${number("Duration", durationWords(body.durationMs ?? null))}
    </dl>
  </section>`;
}

function number(word, value) {
  return html`<div>
    <dt>${word}</dt>
    <dd>${value}</dd>
  </div>`;
}

function models(llm) {
  const totals = llm?.totals ?? {};
  const rows = llm?.byModel ?? [];
  return html`<section class="card" aria-labelledby="models-title">
    <h2 id="models-title">
      Model calls <span class="count">${formatCount(totals.callCount ?? 0)}</span>
    </h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">
            No agent has told of a model call. Agents tell of them by the signal llm.call.completed.
          </p>`
        : table(
            "Model calls",
            ["Model", "Calls", "Prompt", "Completion", "Cost"],
            [
              ...rows.map((one) => modelRow(asText(one.model), one)),
              ...(rows.length > 1 ? [modelRow("All", totals)] : []),
            ],
          )
    }
  </section>`;
}

function modelRow(name, one) {
  return [
    name,
    formatCount(one.callCount ?? 0),
    formatCount(one.promptTokens ?? 0),
    formatCount(one.completionTokens ?? 0),
    dollars(one.estimatedCostUsd ?? 0),
  ];
}

function table(caption, columns, rows, style = "numbers-table") {
  return html`<div class="scroll-box" tabindex="0" role="region" aria-label=${caption}>
    <table class="inner ${style}">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row"><bdi>${first}</bdi></th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function traceCard(trace, control) {
  const id = asText(trace.traceId);
  return html`<section class="card" aria-labelledby="trace-title">
    <h2 id="trace-title">Trace</h2>
    ${
      id
        ? html`<p class="mono trace-id">${id}</p>
            <p class="hint">
              ${formatCount(trace.spanCount)} spans named by agents · ${traceLink(id)}
            </p>
            <button
              class="button"
              type="button"
              @click=${() => control.copyText(id, "Trace id copied")}
            >
              ${icon("link")} Copy trace id
            </button>`
        : html`<p class="quiet">This run belongs to no trace.</p>`
    }
  </section>`;
}

function traceLink(id) {
  const address = traceAddress(traceTemplate(), id);
  return address
    ? html`<a href=${address} target="_blank" rel="noreferrer">open it where traces are kept</a>`
    : html`<a href="/settings#traces">say where your traces are kept</a> to get a link here.`;
}

function artifacts(list) {
  return html`<section class="card" aria-labelledby="artifacts-title">
    <h2 id="artifacts-title">Artifacts <span class="count">${list.length}</span></h2>
    ${
      list.length === 0
        ? html`<p class="quiet">
            Nothing is attached. POST /runs/{id}/artifacts attaches something.
          </p>`
        : html`<ul class="plain">
            ${list.map(
              (one) =>
                html`<li>
                  <details>
                    <summary>
                      <b><bdi>${asText(one.label)}</bdi></b> <span class="tag">${one.kind}</span>
                      <span class="quiet">${dayAndClock(timeOf(one.createdAt) ?? 0)}</span>
                    </summary>
                    ${one.uri ? html`<p class="mono"><bdi>${asText(one.uri)}</bdi></p>` : nothing}
                    ${one.inline ? html`<div class="json">${jsonTree(one.inline)}</div>` : nothing}
                  </details>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function signals(list) {
  const shown = list.slice(-SHOWN_SIGNALS).reverse();
  return html`<section class="card" aria-labelledby="signals-title">
    <h2 id="signals-title">Signals <span class="count">${formatCount(list.length)}</span></h2>
    ${
      shown.length === 0
        ? html`<p class="quiet">Nobody has signalled anything.</p>`
        : table(
            "Signals, newest first",
            ["Signal", "From", "Confidence", "At"],
            shown.map((one) => [
              asText(one.name),
              participantName(one.sourceParticipantId),
              percent(one.confidence) || "–",
              clock(timeOf(one.ts) ?? 0),
            ]),
            "",
          )
    }
    ${list.length > SHOWN_SIGNALS ? html`<p class="hint">The newest ${SHOWN_SIGNALS}; all are in the tab Events.</p>` : nothing}
  </section>`;
}

function record(run, control) {
  const text = JSON.stringify(run.record, null, 2);
  return html`<section class="card wide" aria-labelledby="record-title">
    <div class="card-head">
      <h2 id="record-title">${sentence("record")}</h2>
      <button
        class="button"
        type="button"
        @click=${() => control.copyText(text, "Record copied as JSON")}
      >
        Copy as JSON
      </button>
    </div>
    <div class="json" tabindex="0" role="group" aria-label="Record">${jsonTree(run.record)}</div>
  </section>`;
}
