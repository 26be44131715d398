// SPDX-License-Identifier: Apache-2.0
import { asText, clip, formatCount, participantName, plural } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { wordsFor } from "../run/event-words.js";
import { align } from "./align.js";
import { differences } from "./diff.js";

const LONG = 160;
let kept = { left: null, right: null, by: "", rows: [] };

/** The two courses in rows; rows that are on one side only, or differ, say so in a word. */
export function alignedPanel(left, right, control) {
  const { by, only, sel } = control.address();
  const all = rowsOf(left.events, right.events, by);
  const rows = only ? all.filter((row) => kindOf(row) !== "same") : all;
  const differing = all.filter((row) => kindOf(row) !== "same").length;
  return html`<section class="card aligned" aria-labelledby="aligned-title">
    <div class="card-head">
      <h2 id="aligned-title">Course</h2>
      <p class="hint">
        ${plural(all.length, "row")}, ${formatCount(differing)} differ${partial(left, right)}
      </p>
      <div class="switch" role="group" aria-label="Align">
        ${choice("type", "By type", by, control)} ${choice("time", "By time", by, control)}
      </div>
      <label class="check">
        <input type="checkbox" .checked=${Boolean(only)} @change=${control.toggleOnly} /> Only what
        differs
      </label>
    </div>
    ${
      rows.length === 0
        ? html`<p class="quiet">
            ${all.length ? "Nothing differs." : "Neither side has events yet."}
          </p>`
        : html`<ol class="pairs">
            ${rows.map((row) => pair(row, sel, control))}
          </ol>`
    }
  </section>`;
}

function partial(left, right) {
  const cut = [left, right].some((one) => one.at === null && one.total > one.events.length);
  return cut ? "; of long runs the first thousand lines are compared" : "";
}

function rowsOf(left, right, by) {
  if (kept.left !== left || kept.right !== right || kept.by !== by) {
    const rows = align(left, right, by).map((row) => ({
      ...row,
      changes: row.left && row.right ? differences(row.left.data, row.right.data) : [],
    }));
    kept = { left, right, by, rows };
  }
  return kept.rows;
}

function choice(id, word, by, control) {
  return html`<button
    type="button"
    aria-pressed=${by === id}
    @click=${() => control.change({ by: id, sel: null })}
  >
    ${word}
  </button>`;
}

const KINDS = {
  same: ["", "Same"],
  changed: ["differs", "Differs"],
  left: ["only-left", "Left only"],
  right: ["only-right", "Right only"],
};

function kindOf({ left, right, changes }) {
  if (!right) return "left";
  if (!left) return "right";
  return changes.length > 0 ? "changed" : "same";
}

function pair(row, sel, control) {
  const key = (row.left?.seq ?? "") + "-" + (row.right?.seq ?? "");
  const chosen = key === sel;
  const [style, word] = KINDS[kindOf(row)];
  return html`<li class="pair ${style}">
    <a
      class="pair-line"
      href=${control.href({ sel: chosen ? null : key })}
      aria-current=${chosen ? "true" : "false"}
    >
      ${cell(row.left)} <span class="pair-word">${word}</span> ${cell(row.right)}
    </a>
    ${chosen ? detail(row) : nothing}
  </li>`;
}

function cell(event) {
  if (!event) return html`<span class="pair-cell quiet">–</span>`;
  const words = wordsFor(event);
  return html`<span class="pair-cell tone-text-${words.tone}">
    <span class="seq mono">${formatCount(event.seq)}</span> ${icon(words.icon)}
    <span
      >${words.who ? html`<b><bdi>${participantName(words.who)}</bdi></b> ` : nothing}${words.did}
      <bdi class="what">${words.what}</bdi></span
    >
  </span>`;
}

function detail({ left, right, changes }) {
  if (!left || !right) {
    return html`<p class="hint pair-detail">
      <bdi>${wordsFor(left ?? right).quote || "Nothing more was said."}</bdi>
    </p>`;
  }
  if (changes.length === 0) return html`<p class="hint pair-detail">The payloads are the same.</p>`;
  return html`<div
    class="scroll-box pair-detail"
    tabindex="0"
    role="region"
    aria-label="Differences of the payloads"
  >
    <table class="inner compare-table">
      <thead>
        <tr>
          ${["Field", "Left", "Right"].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          (one) =>
            html`<tr>
              <th scope="row" class="mono">${asText(one.path)}</th>
              <td>${value(one.left)}</td>
              <td>${value(one.right)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function value(one) {
  if (one === undefined) return html`<span class="quiet">absent</span>`;
  return html`<bdi>${clip(asText(one), LONG)}</bdi>`;
}
