// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { icon } from "./icons.js";
import { problemOf } from "./problems.js";

/** What a page shows when it has nothing to show: what would be here, why not, the next step. */
export function emptyState({ title, text, action = nothing }) {
  return html`<div class="empty">
    <h2>${title}</h2>
    <p>${text}</p>
    ${action}
  </div>`;
}

/** What went wrong, why, and the one next step. */
export function errorState(error, onRetry, title = "This did not load") {
  const { sentence, detail, next } = problemOf(error);
  return html`<div class="card error-card" role="alert">
    <h2>${icon("cross")} ${title}</h2>
    <p>${sentence}${detail ? html` <span class="agent-text">${detail}</span>` : nothing}</p>
    <p>${next}</p>
    ${errorFacts(error)}
    <button class="button" type="button" @click=${onRetry}>${icon("retry")} Try again</button>
  </div>`;
}

/** The same within a form or above what is still shown. */
export function inlineError(error) {
  if (!error) return nothing;
  const { sentence, detail, next } = problemOf(error);
  return html`<p class="inline-error" role="alert">
    ${icon("cross")} ${sentence}
    ${detail ? html`<span class="agent-text">${detail}</span>` : nothing}
    <span class="next-step">${next}</span>
  </p>`;
}

function errorFacts(error) {
  const facts = [
    error.status ? "HTTP " + error.status : null,
    error.code,
    error.requestId ? "request " + error.requestId : null,
  ].filter(Boolean);
  return facts.length ? html`<p class="hint mono">${facts.join(" · ")}</p>` : nothing;
}

/** Grey bars while the first answer is on its way; one sentence for those who cannot see them. */
export function loadingState(what, rows = 5) {
  return html`<div class="loading" aria-busy="true">
    <p class="visually-hidden">Loading ${what}…</p>
    ${Array.from({ length: rows }, () => html`<div class="bone"></div>`)}
  </div>`;
}
