// SPDX-License-Identifier: Apache-2.0
import { clip, clock, durationWords, formatCount, plural, timeOf } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { errorState, loadingState } from "../ui/states.js";
import { guard, html, nothing, svg } from "../vendor/html.js";
import { brush } from "./brush.js";
import { drawLanes, LABEL_PX, LANE_PX, laneName, quietTimes } from "./timeline.js";

const WIDEST = 1180;
const NARROWEST = 560;
const PADDING = 34;
const SHAPES = {
  end: (s) => `M0 ${-s - 2}L${s + 2} 0L0 ${s + 2}L${-s - 2} 0Z`,
  bad: (s) => `M${-s} ${-s}L${s} ${s}M${s} ${-s}L${-s} ${s}`,
  proposal: (s) => `M0 ${-s - 1}L${s + 1} ${s}H${-s - 1}Z`,
  policy: (s) => `M${-s} ${-s}H${s}V${s}H${-s}Z`,
};
const LEGEND = [
  ["proposal", "proposal"],
  ["position", "evaluation, objection, vote"],
  ["signal", "signal"],
  ["policy", "policy"],
  ["end", "commitment, end"],
  ["bad", "failure, refusal"],
  ["minor", "anything else"],
];

/** A lane for each participant; every event of the log is counted in it, long quiet times are short. */
export function timelinePanel(run, address, control) {
  const part = run.parts.lanes;
  const body = part?.body;
  const width = widthNow();
  return html`<section class="card timeline" aria-labelledby="timeline-title">
    <div class="card-head">
      <h2 id="timeline-title">Timeline</h2>
      <p class="hint">${body ? extent(body, address) : nothing}</p>
      <div class="timeline-tools" role="group" aria-label="Zoom">
        ${tool("Earlier", "‹", address.range, () => control.pan(-0.5))}
        ${tool("Zoom in (+)", "+", true, () => control.zoom(0.5))}
        ${tool("Zoom out (-)", "−", address.range, () => control.zoom(2))}
        ${tool("Later", "›", address.range, () => control.pan(0.5))}
        ${tool("Show all (0)", "Fit", address.range, () => control.zoom(0))}
      </div>
    </div>
    ${part?.phase === "error" ? errorState(part.error, () => again(control), "The timeline did not load") : nothing}
    ${body ? guard([body, width, address.sel, run.past.seq, control.href({})], () => drawing(body, width, run, address, control)) : nothing}
    ${!body && part?.phase !== "error" ? loadingState("the timeline", 4) : nothing}
    ${body ? legend() : nothing} ${body ? guard([body], () => table(body)) : nothing}
  </section>`;
}

function again(control) {
  control.parts.again("lanes");
  control.shown();
}

function tool(label, text, enabled, act) {
  return html`<button
    class="button"
    type="button"
    aria-label=${label}
    title=${label}
    ?disabled=${!enabled}
    @click=${act}
  >
    ${text}
  </button>`;
}

function extent(body, { range }) {
  const events = plural(body.total, "event");
  return range ? events + ", seq " + range.map(formatCount).join(" to ") : events;
}

/** Drawn for the room that there is, so that its words are as large as all others. */
function widthNow() {
  const room = (document.querySelector(".run-panel")?.clientWidth ?? WIDEST) - PADDING;
  return Math.max(NARROWEST, Math.min(WIDEST, room));
}

function drawing(body, width, run, address, control) {
  const picture = { ...drawLanes(body, width), width };
  return html`<div
    class="picture-box"
    tabindex="0"
    role="group"
    aria-label="Timeline, a table follows"
  >
    <svg
      class="lanes"
      viewBox="0 0 ${width} ${picture.height}"
      width=${width}
      height=${picture.height}
      role="group"
      aria-label="Lanes"
      @mousedown=${(event) => brush(event, picture, control.brushed)}
    >
      <rect class="brush" y="0" height=${picture.height} />
      ${quietTimes(picture.stretches, timeOf).map((quiet) => quietBand(quiet, picture.height))}
      ${picture.stretches.map((one, at) => tick(one, picture.stretches[at - 1]))}
      ${picture.lanes.map((lane) => laneRow(lane, picture, run, address, control))}
    </svg>
  </div>`;
}

function quietBand({ from, to, ms }, height) {
  return svg`<g class="quiet-band"><rect x=${from + 4} y="0" width=${Math.max(2, to - from - 8)} height=${height} />
    <title>${durationWords(ms)} quiet</title>
    ${to - from > 40 ? svg`<text x=${(from + to) / 2} y="16" text-anchor="middle">${durationWords(ms)} quiet</text>` : nothing}
  </g>`;
}

function tick({ from, to, fromTs, toTs }, before) {
  const crowded = before && from - before.from < 64;
  const end = to - from > 150;
  return svg`<g class="tick">
    ${crowded ? nothing : svg`<text x=${from} y="16">${clock(timeOf(fromTs) ?? 0)}</text>`}
    ${end ? svg`<text x=${to} y="16" text-anchor="end">${clock(timeOf(toTs) ?? 0)}</text>` : nothing}
  </g>`;
}

function laneRow(lane, { width, column }, run, address, control) {
  return svg`<g class="lane">
    <line x1=${LABEL_PX} x2=${width - 8} y1=${lane.y} y2=${lane.y} />
    <text class="lane-name" x="0" y=${lane.y - 1}><title>${lane.id}</title>${clip(lane.name, 24)}</text>
    <text class="lane-total" x="0" y=${lane.y + 12}>${formatCount(lane.total)}</text>
    ${inOrder(lane).map((cell) => mark(cell, lane, column, run, address, control))}
  </g>`;
}

/** In a crowd, what turns the course of a run stands in front. */
function inOrder({ dense, cells }) {
  if (!dense) return cells;
  return [
    ...cells.filter((cell) => !SHAPES[cell.mark]),
    ...cells.filter((cell) => SHAPES[cell.mark]),
  ];
}

function mark(cell, lane, width, run, address, control) {
  const chosen = address.sel !== null && address.sel >= cell.from && address.sel <= cell.to;
  const later = run.past.seq !== null && cell.from > run.past.seq;
  const shape = SHAPES[cell.mark]?.(cell.size - 0.5);
  const words = cellWords(cell, lane);
  return svg`<a class="spot spot-${cell.mark} ${chosen ? "chosen" : ""} ${later ? "later" : ""}"
      href=${control.href({ sel: chosen ? null : cell.to })} tabindex="-1" aria-label=${words}
      transform="translate(${cell.x} ${lane.y})"><title>${words}</title>
      ${hit(lane.dense ? Math.max(3, width) : 24)} ${figure(cell, shape, lane.dense ? width : 0)}
    </a>`;
}

function hit(width) {
  return svg`<rect class="hit" x=${-width / 2} y=${-LANE_PX / 2} width=${width} height=${LANE_PX} />`;
}

function figure(cell, shape, width) {
  if (shape) return svg`<path d=${shape} />`;
  if (width === 0) return svg`<circle r=${cell.mark === "minor" ? cell.size * 0.6 : cell.size} />`;
  return svg`<rect class="bar" x=${-width / 2} y=${-cell.bar / 2} width=${width} height=${cell.bar} />`;
}

function cellWords(cell, lane) {
  const what =
    cell.count === 1 ? cell.type : plural(cell.count, "event") + ", among them " + cell.type;
  const where = cell.from === cell.to ? "seq " + cell.from : "seq " + cell.from + " to " + cell.to;
  return lane.name + ": " + what + ", " + where;
}

function legend() {
  return html`<ul class="legend" aria-label="Marks">
    ${LEGEND.map(
      ([mark, word]) =>
        html`<li>
          <svg viewBox="-9 -9 18 18" class="legend-mark spot spot-${mark}" aria-hidden="true">
            ${SHAPES[mark] ? svg`<path d=${SHAPES[mark](5)} />` : svg`<circle r=${mark === "minor" ? 3 : 5} />`}</svg
          >${word}
        </li>`,
    )}
  </ul>`;
}

/** The same in words. */
function table(body) {
  return html`<details class="as-table">
    <summary>${icon("list")} As a table</summary>
    <div class="scroll-box" tabindex="0" role="region" aria-label="Timeline as a table">
      <table class="inner">
        <thead>
          <tr>
            ${["Lane", "Events", "First", "Last", "Most telling"].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body.lanes
            .filter((lane) => lane.total > 0)
            .map(
              (lane) =>
                html`<tr>
                  <th scope="row"><bdi>${laneName(lane.id)}</bdi></th>
                  <td>${formatCount(lane.total)}</td>
                  <td>seq ${formatCount(lane.cells[0][2])}</td>
                  <td>seq ${formatCount(lane.cells.at(-1)[3])}</td>
                  <td class="mono">${telling(lane.cells)}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function telling(cells) {
  const counts = new Map();
  for (const [, , , , type] of cells) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts.keys()].slice(0, 4).join(", ");
}
