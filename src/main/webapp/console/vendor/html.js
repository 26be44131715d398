// SPDX-License-Identifier: Apache-2.0
// The one place that names the template library and its version. Everything else imports from here,
// which makes an import map (an inline script that a strict CSP would have to allow) unnecessary.
export { html, svg, render, nothing } from "/webjars/lit-html/3.3.2/lit-html.js";
export { repeat } from "/webjars/lit-html/3.3.2/directives/repeat.js";
export { guard } from "/webjars/lit-html/3.3.2/directives/guard.js";
