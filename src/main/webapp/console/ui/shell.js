// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg } from "../vendor/html.js";

/** What surrounds every page: banner with navigation, main, notices. */
export function shell(state, page) {
  const here = state.route.name === "runs" ? "page" : state.route.name === "run" ? "true" : "false";
  return html`<header class="top">
      <a class="brand" href="/">${mark()}<span>MACP <b>Control Plane</b></span></a>
      <nav aria-label="Main"><a href="/runs" aria-current=${here}>Runs</a></nav>
    </header>
    <main id="main" tabindex="-1">${page}</main>
    <div class="toast-place" role="status">
      ${state.notice ? html`<p class="toast">${state.notice}</p>` : nothing}
    </div>`;
}

function mark() {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`<path d="M6 6.5 12 12m6-5.5L12 12m0 0v6" /><circle cx="6" cy="6" r="2.6" /><circle cx="18" cy="6" r="2.6" /><circle class="mark-end" cx="12" cy="18.5" r="2.9" />`}
  </svg>`;
}
