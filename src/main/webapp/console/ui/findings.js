// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { badge } from "./badge.js";
import { asText } from "./format.js";

const SEVERITY = {
  __proto__: null,
  error: ["bad", "cross"],
  warning: ["warn", "clock"],
};

/** What the doctor found, each with its figures, cause and fix; its calls are made elsewhere. */
export function findingsList(findings) {
  if (findings.length === 0) return html`<p class="hint">Nothing found: every check passed.</p>`;
  return findings.map(
    (one) => html`<details class="finding">
      <summary>${badge(...(SEVERITY[one.severity] ?? ["rest", "dots"]), one.severity)} <bdi>${one.symptom}</bdi></summary>
      <p><bdi>${one.cause}</bdi></p>
      <p><b>What to do:</b> <bdi>${one.fix}</bdi></p>
      ${one.action ? html`<p><code>${one.action.method} ${one.action.path}</code></p>` : nothing}
      <p class="hint"><bdi>${figures(one.evidence)}</bdi></p>
    </details>`,
  );
}

function figures(evidence) {
  return Object.entries(evidence)
    .map(([name, value]) => name + " " + (Array.isArray(value) ? value.map(asText).join(", ") : String(value)))
    .join(" · ");
}
