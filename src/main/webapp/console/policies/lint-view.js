// SPDX-License-Identifier: Apache-2.0
import { asText, formatCount, participantName } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";

/** What the policy would have said of every commitment of a recorded run. */
export function lintResult({ commitments, readyAt, warnings, boundPolicyId }) {
  return html`<div class="verdict tone-good" role="status">
    <p>
      <b>${icon("check")} The rules are valid.</b> The run was bound to
      <code>${boundPolicyId}</code>.
    </p>
    <ul class="bullets">
      ${commitments.length === 0 ? html`<li>Nothing was committed in that run.</li>` : nothing}
      ${commitments.map(
        (one) =>
          html`<li>
            Commitment <code>${asText(one.action)}</code> of ${participantName(one.sender)}: was
            ${one.recorded}, would be
            <b>${one.verdict}</b>.${one.reasons.map((reason) => html` ${asText(reason.message)}`)}
          </li>`,
      )}
      <li>${ready("positive", readyAt.positive)} ${ready("negative", readyAt.negative)}</li>
      ${warnings.map((text) => html`<li>Warning: ${asText(text)}</li>`)}
    </ul>
  </div>`;
}

function ready(what, seq) {
  return seq === null
    ? "A " + what + " commitment would never have been allowed."
    : "A " + what + " commitment would have been allowed from seq " + formatCount(seq) + " on.";
}
