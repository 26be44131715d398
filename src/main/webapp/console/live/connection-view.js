// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { icon } from "../ui/icons.js";
import { connectionWords } from "./connection.js";

const ICONS = { live: "pulse", wait: "clock", warn: "retry", rest: "stop", bad: "cross" };

/** The always visible pill: Live · Catching up · Reconnecting · Ended. */
export function connectionPill(connection, position) {
  const { tone, word, detail, since } = connectionWords(connection, position);
  return html`<p class="conn conn-${tone}" data-connection=${connection.phase}>
    ${icon(ICONS[tone])}<span class="conn-word">${word}</span>${inBrackets(detail, since)}
  </p>`;
}

function inBrackets(detail, since) {
  if (!detail && since === null) return nothing;
  const ago = since === null ? nothing : html`<live-time at=${since} kind="ago"></live-time>`;
  const comma = detail && since !== null ? ", " : nothing;
  return html`<span class="conn-detail">${detail}${comma}${ago}</span>`;
}
