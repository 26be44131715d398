// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg } from "../vendor/html.js";

const WIDTH = 400;
const HEIGHT = 22;
const GAP = 3;
const MOST_SEATS = 24;
const GLYPHS = {
  allow: "m-4 0 3 3 5-6",
  deny: "m-3.5-3.5 7 7m0-7-7 7",
  abstain: "m-4 0h8",
  open: "",
};

/**
 * One seat per possible vote, with the number of votes needed as a mark. The same facts stand in
 * the label and in the table below the picture.
 */
export function tallyBar(tally) {
  const { allow, deny, abstain, threshold } = tally;
  const seats = Math.max(tally.required ?? 0, allow + deny + abstain, threshold ?? 0);
  if (seats === 0) return nothing;
  const open = seats - allow - deny - abstain;
  const groups = [
    ["allow", allow],
    ["deny", deny],
    ["abstain", abstain],
    ["open", open],
  ];
  const unit = WIDTH / seats;
  return html`<svg
    class="tally-bar"
    viewBox="0 -7 ${WIDTH} ${HEIGHT + 14}"
    role="img"
    aria-label=${tallyLabel(tally)}
  >
    ${seats <= MOST_SEATS ? cells(groups, unit) : blocks(groups, unit)}
    ${threshold ? mark(threshold * unit, threshold === seats) : nothing}
  </svg>`;
}

export function tallyLabel({ allow, deny, abstain, threshold, required }) {
  const parts = [allow + " for", deny + " against", abstain ? abstain + " abstained" : ""].filter(
    Boolean,
  );
  const of = required ? " of " + required + " possible votes" : "";
  const needed = threshold ? "; " + threshold + " for are needed" : "";
  return parts.join(", ") + of + needed;
}

function cells(groups, unit) {
  const sides = groups.flatMap(([side, count]) => Array(count).fill(side));
  return sides.map(
    (side, index) => svg`<g class="seat seat-${side}" transform="translate(${index * unit} 0)">
    <rect x=${GAP / 2} width=${unit - GAP} height=${HEIGHT} rx="4" />
    <path transform="translate(${unit / 2} ${HEIGHT / 2})" d="M0 0${GLYPHS[side]}" />
  </g>`,
  );
}

function blocks(groups, unit) {
  let x = 0;
  return groups
    .filter(([, count]) => count > 0)
    .map(([side, count]) => {
      const from = x;
      x += count * unit;
      return svg`<g class="seat seat-${side}"><rect x=${from} width=${x - from - 1} height=${HEIGHT} /></g>`;
    });
}

function mark(x, atEnd) {
  const at = atEnd ? WIDTH - 1 : x;
  return svg`<path class="threshold" d="M${at} -6V${HEIGHT + 6}" />`;
}
