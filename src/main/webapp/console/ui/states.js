// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "../vendor/html.js";
import { icon } from "./icons.js";

/** What a page shows when it has nothing to show: what would be here, why not, the next step. */
export function emptyState({ title, text, action = nothing }) {
  return html`<div class="empty">
    <h2>${title}</h2>
    <p>${text}</p>
    ${action}
  </div>`;
}

export function errorState(error, onRetry, title = "This did not load") {
  return html`<div class="card error-card" role="alert">
    <h2>${icon("cross")} ${title}</h2>
    <p class="agent-text">${error.message}</p>
    ${errorFacts(error)}
    <button class="button" type="button" @click=${onRetry}>${icon("retry")} Try again</button>
  </div>`;
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
