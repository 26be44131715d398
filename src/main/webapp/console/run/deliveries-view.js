// SPDX-License-Identifier: Apache-2.0
import { badge } from "../ui/badge.js";
import { asText, clip, dayAndClock, formatCount, plural, timeOf } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { emptyState, errorState, loadingState } from "../ui/states.js";
import { html, nothing } from "../vendor/html.js";
import { jsonTree } from "./json-view.js";

const STATES = {
  __proto__: null,
  delivered: ["good", "check", "Delivered"],
  pending: ["wait", "clock", "Pending"],
  failed: ["bad", "cross", "Failed"],
};

/** Who was told of this run, and whether they heard. */
export function deliveriesPanel(run, address, control) {
  const part = run.parts.deliveries;
  return html`<section class="card" aria-labelledby="deliveries-title">
    <div class="card-head">
      <h2 id="deliveries-title">Deliveries</h2>
      <p class="hint">
        ${part?.body ? plural(part.body.rows.length, "delivery", "deliveries") : nothing}
      </p>
    </div>
    ${part?.phase === "error" ? failed(part.error, control) : nothing}
    ${!part || part.phase === "loading" ? loadingState("the deliveries", 3) : nothing}
    ${part?.body ? list(part.body, control) : nothing}
  </section>`;
}

function failed(error, control) {
  return errorState(error, () => again(control), "The deliveries did not load");
}

function again(control) {
  control.parts.again("deliveries");
  control.shown();
}

function list({ hooks, rows }, control) {
  if (rows.length > 0) return table(rows, control);
  return hooks === 0
    ? emptyState({
        title: "Nobody is told of runs",
        text: "Webhooks are told when a run starts, ends, or is suspended. None is registered here.",
        action: html`<a class="button" href="/webhooks">Webhooks</a>`,
      })
    : emptyState({
        title: "Nobody was told of this run",
        text:
          plural(hooks, "webhook") +
          " registered; none of them asked for what has happened here so far.",
        action: html`<a class="button" href="/webhooks">Webhooks</a>`,
      });
}

function table(rows, control) {
  return html`<div class="scroll-box tall" tabindex="0" role="region" aria-label="Deliveries">
    <table class="inner deliveries">
      <thead>
        <tr>
          ${["State", "Event", "To", "Attempts", "Answer", "At", ""].map(
            (name) =>
              html`<th scope="col">
                ${name || html`<span class="visually-hidden">Action</span>`}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map((one) => row(one, control))}
      </tbody>
    </table>
  </div>`;
}

function row(one, control) {
  const [tone, iconName, word] = STATES[one.status] ?? ["rest", "dots", asText(one.status)];
  return html`<tr>
    <td>${badge(tone, iconName, word)}</td>
    <td class="mono">${asText(one.event)}</td>
    <td>
      <bdi title=${asText(one.url)}>${clip(asText(one.url), 48)}</bdi>
      <details class="payload">
        <summary>Payload</summary>
        <div class="json">${jsonTree(one.payload)}</div>
      </details>
    </td>
    <td>${formatCount(one.attempts)}</td>
    <td>
      ${one.responseStatus ?? "–"}
      ${one.errorMessage ? html`<span class="quiet">${asText(one.errorMessage)}</span>` : nothing}
    </td>
    <td>${dayAndClock(timeOf(one.lastAttemptAt ?? one.createdAt) ?? 0)}</td>
    <td>
      <button class="button" type="button" @click=${() => control.redeliver(one)}>
        ${icon("retry")} Send again
      </button>
    </td>
  </tr>`;
}
