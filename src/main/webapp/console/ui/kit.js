// SPDX-License-Identifier: Apache-2.0
import { resourceOf } from "../resources.js";
import { html, nothing, repeat } from "../vendor/html.js";
import { asText } from "./format.js";
import { emptyState, errorState, inlineError, loadingState } from "./states.js";

// Parts that several pages are made of.

/** The heading of a page: its name, a line about what is shown, and what can be done. */
export function pageHead({ title, sub = nothing, tools = nothing, back = null }) {
  return html`<div class="page-head">
    <div>
      ${back ? html`<p class="crumb"><a href=${back.path}>${back.label}</a></p>` : nothing}
      <h1 tabindex="-1"><bdi>${title}</bdi></h1>
      <p class="sub">${sub}</p>
    </div>
    <div class="page-tools">${tools}</div>
  </div>`;
}

/** A resource in whatever phase it is. */
export function loaded(state, name, what, retry, show) {
  const { phase, data, error } = resourceOf(state, name);
  if (phase === "error") return errorState(error, retry, sentenceCase(what) + " did not load");
  if (data === null) return loadingState(what, 4);
  return html`${inlineError(error)}${show(data)}`;
}

function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A table that scrolls by itself when it is wider than the page.
 *
 * @param {{caption: string, columns: {name: unknown, cls?: string, cell: (row: object) => unknown}[],
 *     rows: object[], key?: (row: object) => string, cls?: string}} parts
 */
export function dataTable({ caption, columns, rows, key = (row) => row.id, cls = "" }) {
  return html`<div class="card table-card" role="region" tabindex="0" aria-label=${caption}>
    <table class="data ${cls}">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class=${column.cls ?? ""}>${column.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          key,
          (row) =>
            html`<tr data-row>
              ${columns.map((column) => html`<td class=${column.cls ?? ""}>${column.cell(row)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function facts(pairs) {
  return html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A switch between a few views of one thing; each is a link. */
export function viewLinks(label, links) {
  return html`<nav class="views" aria-label=${label}>
    ${links.map(
      ([name, path, here]) =>
        html`<a href=${path} aria-current=${here ? "page" : "false"}>${name}</a>`,
    )}
  </nav>`;
}

/** A labelled field; `about` says what belongs in it, `error` what is wrong with it. */
export function field({ id, label, about = "", error = "", input }) {
  return html`<div class=${error ? "field wrong" : "field"}>
    <label for=${id}>${label}</label>
    ${input} ${about ? html`<p class="hint" id="${id}-about">${about}</p>` : nothing}
    ${error ? html`<p class="field-error" id="${id}-error">${error}</p>` : nothing}
  </div>`;
}

export function selectField({ id, label, value, options, onChange, about = "" }) {
  const input = html`<select
    id=${id}
    name=${id}
    .value=${value}
    @change=${(e) => onChange?.(e.target.value)}
  >
    ${options.map(
      ([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`,
    )}
  </select>`;
  return field({ id, label, about, input });
}

/** Whatever the server sent, to be read; long values scroll within their own box. */
export function jsonBlock(value, label) {
  return html`<pre class="json" tabindex="0" role="region" aria-label=${label}>
${pretty(value)}</pre>`;
}

export function pretty(value) {
  return typeof value === "string" ? asText(value) : JSON.stringify(value, null, 2);
}

/** Pages by offset, as the lists of the server have them. */
export function pager({ total, limit, offset }, onOffset) {
  if (total <= limit && offset === 0) return nothing;
  const last = Math.min(total, offset + limit);
  return html`<nav class="pager" aria-label="Pages">
    <button
      class="button"
      type="button"
      ?disabled=${offset === 0}
      @click=${() => onOffset(Math.max(0, offset - limit))}
    >
      Newer
    </button>
    <span class="hint">${total === 0 ? 0 : offset + 1}–${last} of ${total}</span>
    <button
      class="button"
      type="button"
      ?disabled=${last >= total}
      @click=${() => onOffset(offset + limit)}
    >
      Older
    </button>
  </nav>`;
}

export { emptyState };
