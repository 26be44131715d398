// SPDX-License-Identifier: Apache-2.0
import { clip, formatCount, participantName, plural, sentence } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { guard, html, nothing, svg } from "../vendor/html.js";

const STEPS = {
  start: "Session opened",
  proposal: "Proposals",
  decision: "Decision",
  output: "Outcome",
};
const MEANT = {
  __proto__: null,
  "session.bound": "opened by",
  fanout: "invited",
  proposes: "proposed",
  review: "asks for review",
  commits: "committed",
};

/** Who spoke to whom. The server lays it out, so that the same run always looks the same. */
export function graphPanel(run, address, control) {
  const part = run.parts.graph;
  const body = part?.body;
  return html`<section class="card graph" aria-labelledby="graph-title">
    <div class="card-head">
      <h2 id="graph-title">Graph</h2>
      <p class="hint">
        ${body ? plural(body.nodes.length, "node") + ", " + plural(body.edges.length, "line") + ", as of seq " + formatCount(body.seq) : nothing}
      </p>
      <div class="switch" role="group" aria-label="Lines">
        ${choice("aggregated", "Aggregated", address, control)}
        ${choice("expanded", "Expanded", address, control)}
      </div>
    </div>
    ${part?.phase === "error" ? errorState(part.error, () => again(control), "The graph did not load") : nothing}
    ${!body && part?.phase !== "error" ? loadingState("the graph", 4) : nothing}
    ${body ? guard([body], () => picture(body)) : nothing}
  </section>`;
}

function again(control) {
  control.parts.again("graph");
  control.shown();
}

function choice(view, word, address, control) {
  return html`<button
    type="button"
    aria-pressed=${address.view === view}
    @click=${() => control.go({ view })}
  >
    ${word}
  </button>`;
}

function picture(body) {
  if (body.nodes.length === 0) {
    return html`<p class="quiet">
      Nobody has joined yet. Participants appear when the session is bound.
    </p>`;
  }
  return html`<div
      class="picture-box"
      tabindex="0"
      role="group"
      aria-label="Graph, a table follows"
    >
      <svg
        class="graph-svg"
        viewBox="0 0 ${body.width} ${body.height}"
        width=${body.width}
        height=${body.height}
        role="img"
        aria-label=${"Who spoke to whom: " + plural(body.nodes.length, "node") + " and " + plural(body.edges.length, "line")}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="11"
            markerHeight="11"
            orient="auto-start-reverse"
          >
            <path class="arrow" d="M0 0.600 7.400 4 0 7.400z" />
          </marker>
        </defs>
        ${body.edges.map(edge)} ${body.nodes.map(node)}
      </svg>
    </div>
    ${table(body)}`;
}

/** Messages behind a line; kinds that only mean something are not counted twice. */
export function edgeCount({ kinds }) {
  return kinds.reduce((most, one) => Math.max(most, one.count ?? 0), 0);
}

function edge(line) {
  const count = edgeCount(line);
  const width = Math.min(5, 1.2 + Math.log2(1 + count) * 0.45);
  const label =
    line.kinds.length === 1 && count <= 1 ? "" : count > 1 ? "×" + formatCount(count) : "";
  return svg`<g class="edge edge-${toneOf(line)}">
    <title>${nodeName(line.from)} to ${nodeName(line.to)}: ${kindWords(line)}</title>
    <path class="edge-hit" d=${line.path} />
    <path class="edge-line" d=${line.path} stroke-width=${width.toFixed(1)} marker-end="url(#arrow)" />
    ${label ? svg`<text x=${line.labelX} y=${line.labelY} text-anchor="middle">${label}</text>` : nothing}
  </g>`;
}

function toneOf({ kinds }) {
  const names = kinds.map((one) => one.kind.toLowerCase());
  if (names.includes("objection")) return "warn";
  if (names.includes("commits")) return "good";
  if (names.some((name) => ["vote", "evaluation", "approve", "accept"].includes(name)))
    return "live";
  return "rest";
}

function kindWords({ kinds }) {
  return kinds
    .map(
      (one) => (MEANT[one.kind] ?? one.kind) + (one.count > 1 ? " ×" + formatCount(one.count) : ""),
    )
    .join(", ");
}

function nodeName(id) {
  const step = {
    __start: STEPS.start,
    __proposal: STEPS.proposal,
    __decision: STEPS.decision,
    __outcome: STEPS.output,
  };
  return step[id] ?? participantName(id);
}

function node(one) {
  const name = nodeName(one.id);
  const participant = one.kind === "participant";
  return svg`<g class="node node-${participant ? "participant" : "step"} status-${one.status}" transform="translate(${one.x} ${one.y})">
    <title>${one.id}: ${one.status}</title>
    <rect width=${one.width} height=${one.height} rx=${participant ? 8 : one.height / 2} />
    <circle class="node-dot" cx="16" cy=${one.height / 2} r="4" />
    <text x="28" y=${one.height / 2 - 1}>${clip(name, 21)}</text>
    <text class="node-status" x="28" y=${one.height / 2 + 12}>${one.status}</text>
  </g>`;
}

function table(body) {
  return html`<details class="as-table">
    <summary>${icon("list")} As a table</summary>
    <div class="scroll-box" tabindex="0" role="region" aria-label="Graph as a table">
      <table class="inner">
        <thead>
          <tr>
            ${["From", "To", "What"].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body.edges.map(
            (line) =>
              html`<tr>
                <th scope="row"><bdi>${sentence(nodeName(line.from))}</bdi></th>
                <td><bdi>${sentence(nodeName(line.to))}</bdi></td>
                <td>${kindWords(line)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
