// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg } from "../vendor/html.js";
import { icon } from "./icons.js";
import { NAVIGATION } from "./navigation.js";
import { nextChoice } from "./prefs.js";
import { keyCaps } from "./shortcuts.js";

/** What surrounds every page: banner, navigation, main, notices. */
export function shell(state, page, ctx) {
  return html`<header class="top">
      <a class="brand" href="/"
        >${mark()}<span>MACP <b>Control Plane</b></span></a
      >
      <div class="top-tools">
        <button
          class="button find"
          type="button"
          aria-haspopup="dialog"
          aria-label="Go to… (palette)"
          @click=${ctx.palette.open}
        >
          ${icon("search")} <span class="find-words">Go to…</span>
          <kbd aria-hidden="true">${keyCaps("mod+k")[0][0]}</kbd>
        </button>
        ${zoneSwitch(state.prefs, ctx)}${themeSwitch(state.prefs, ctx)}
        <button
          class="button menu-button"
          type="button"
          aria-expanded=${state.menuOpen ? "true" : "false"}
          aria-controls="navigation"
          @click=${ctx.toggleMenu}
        >
          ${icon("list")} Menu
        </button>
      </div>
    </header>
    <div class="frame">
      <nav id="navigation" class=${state.menuOpen ? "side open" : "side"} aria-label="Main">
        ${NAVIGATION.map((group) => navigation(group, state))}
      </nav>
      <main id="main" tabindex="-1">${page}</main>
    </div>
    <div class="toast-place" role="status">
      ${state.notice ? html`<p class="toast">${state.notice}</p>` : nothing}
    </div>`;
}

function navigation(group, state) {
  return html`<div class="nav-group">
    <p class="nav-title" aria-hidden="true">${group.title}</p>
    <ul>
      ${group.pages.map(
        (page) =>
          html`<li>
            <a href=${page.path} aria-current=${current(page, state)}>
              ${icon(page.icon)}<span>${page.label}</span>${waiting(page, state)}
            </a>
          </li>`,
      )}
    </ul>
  </div>`;
}

function current(page, { route }) {
  if (route.name === page.routes[0]) return "page";
  return page.routes.includes(route.name) ? "true" : "false";
}

/** How many runs wait, beside the page that shows them; a number with words for who hears it. */
function waiting(page, { attention }) {
  if (page.path !== "/" || attention.urgent === 0) return nothing;
  return html`<span class="nav-count"
    >${attention.urgent}<span class="visually-hidden"> need attention</span></span
  >`;
}

const THEMES = { auto: ["contrast", "Auto"], light: ["sun", "Light"], dark: ["moon", "Dark"] };

function themeSwitch(prefs, ctx) {
  const [iconName, word] = THEMES[prefs.theme];
  const next = nextChoice("theme", prefs.theme);
  return html`<button
    class="button quiet-button"
    type="button"
    data-tip="Theme: ${word}. Press for ${next}."
    aria-label="Theme: ${word}"
    @click=${() => ctx.setPref("theme", next)}
  >
    ${icon(iconName)}
  </button>`;
}

function zoneSwitch(prefs, ctx) {
  const next = nextChoice("zone", prefs.zone);
  const word = prefs.zone === "utc" ? "UTC" : "Local";
  return html`<button
    class="button quiet-button"
    type="button"
    data-tip="All times are ${word === "UTC" ? "in UTC" : "in your own time zone"}. Press to change."
    aria-label="Times: ${word}"
    @click=${() => ctx.setPref("zone", next)}
  >
    ${icon("clock")}<span class="zone-word">${word}</span>
  </button>`;
}

function mark() {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`<path d="M6 6.5 12 12m6-5.5L12 12m0 0v6" /><circle cx="6" cy="6" r="2.6" /><circle cx="18" cy="6" r="2.6" /><circle class="mark-end" cx="12" cy="18.5" r="2.9" />`}
  </svg>`;
}
