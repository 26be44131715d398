// SPDX-License-Identifier: Apache-2.0
import { sentence } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { html, nothing } from "../vendor/html.js";
import { chipsOf, STATUSES, WITHIN } from "./filter.js";
import { sameView, USUAL_VIEWS, viewPath } from "./saved-views.js";

/** Views, search and filters; all of it is in the address. */
export function filterBar({ runs, forms }, actions) {
  const { filter } = runs;
  const saved = forms?.views?.saved ?? [];
  return html`${views(filter, saved, actions)}
    <form class="filters" role="search" aria-label="Runs" @submit=${actions.search}>
      <div class="search-box">
        ${icon("search")}
        <input
          type="search"
          name="search"
          aria-label="Search runs by id, scenario, environment, tag, mode or policy"
          placeholder="Id, scenario, tag, mode, policy…"
          .value=${filter.search ?? ""}
          @input=${actions.typed}
        />
      </div>
      ${choice("status", "Status", filter, actions, [["", "Any status"], ...STATUSES.map((one) => [one, sentence(one)])])}
      ${choice("within", "Created", filter, actions, [["", "Any time"], ...Object.keys(WITHIN).map((one) => [one, "Last " + one])])}
      ${choice("sortBy", "Order", filter, actions, [
        ["", "Newest first"],
        ["updatedAt", "Last event first"],
      ])}
      <details class="filter-more" ?open=${false}>
        <summary class="button">${icon("filter")} More filters</summary>
        <div class="card filter-panel">
          ${text("tags", "All of these tags", "nightly,team-risk", filter, actions)}
          ${text("environment", "Environment", "staging", filter, actions)}
          ${text("scenarioRef", "Scenario contains", "credit-review", filter, actions)}
          ${flag("includeArchived", "Also archived runs", filter, actions)}
          ${flag("includeSandbox", "Also sandbox runs", filter, actions)}
        </div>
      </details>
    </form>
    ${chips(filter, actions)}`;
}

function views(filter, saved, actions) {
  const all = [...USUAL_VIEWS, ...saved];
  const known = all.some((view) => sameView(view.query, filter));
  return html`<nav class="views" aria-label="Saved views">
    ${all.map(
      (view) =>
        html`<a
            href=${viewPath(view.query)}
            aria-current=${sameView(view.query, filter) ? "page" : "false"}
            ><bdi>${view.name}</bdi></a
          >${
            saved.includes(view)
              ? html`<button
                  class="view-gone"
                  type="button"
                  aria-label="Forget the view ${view.name}"
                  @click=${() => actions.forgetView(view)}
                >
                  ${icon("close")}
                </button>`
              : nothing
          }`,
    )}
    ${known ? nothing : html`<button class="button bare-text" type="button" @click=${actions.saveView}>${icon("star")} Save this view…</button>`}
  </nav>`;
}

function choice(name, label, filter, actions, options) {
  const value = filter[name] ?? "";
  return html`<select
    aria-label=${label}
    name=${name}
    @change=${(event) => actions.filter(name, event.target.value)}
  >
    ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === value} .selected=${key === value}>${words}</option>`)}
  </select>`;
}

function text(name, label, placeholder, filter, actions) {
  return html`<div class="field">
    <label for="filter-${name}">${label}</label>
    <input
      id="filter-${name}"
      name=${name}
      placeholder=${placeholder}
      .value=${filter[name] ?? ""}
      @change=${(event) => actions.filter(name, event.target.value.trim())}
    />
  </div>`;
}

function flag(name, label, filter, actions) {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${filter[name] === "true"}
      @change=${(event) => actions.filter(name, event.target.checked ? "true" : "")}
    />
    ${label}
  </label>`;
}

function chips(filter, actions) {
  const all = chipsOf(filter);
  if (all.length === 0) return nothing;
  return html`<ul class="chips" aria-label="Filters">
    ${all.map(
      (chip) =>
        html`<li>
          <span class="chip"
            ><bdi>${chip.label}</bdi>
            <button
              type="button"
              aria-label="Take away: ${chip.label}"
              @click=${() => actions.show(chip.rest)}
            >
              ${icon("close")}
            </button></span
          >
        </li>`,
    )}
    <li><a class="hint" href="/runs">Clear all</a></li>
  </ul>`;
}
