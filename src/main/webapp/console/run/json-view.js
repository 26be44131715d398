// SPDX-License-Identifier: Apache-2.0
import { asText, clip, plural } from "../ui/format.js";
import { html, nothing } from "../vendor/html.js";

const MOST = 200;
const LONG = 600;
const OPEN_DEPTH = 2;

/** Any JSON as a list that folds. What agents sent is only ever text. */
export function jsonTree(value, depth = 0) {
  if (Array.isArray(value))
    return branch(
      value.map((item, at) => [at, item]),
      "[ ]",
      depth,
    );
  if (value !== null && typeof value === "object")
    return branch(Object.entries(value), "{ }", depth);
  return leaf(value);
}

function branch(entries, brackets, depth) {
  if (entries.length === 0) return html`<span class="quiet">${brackets}</span>`;
  const shown = entries.slice(0, MOST);
  const list = html`<ul class="json-list">
    ${shown.map(
      ([key, item]) =>
        html`<li><span class="json-key">${asText(key)}</span> ${jsonTree(item, depth + 1)}</li>`,
    )}
    ${
      entries.length > MOST
        ? html`<li class="quiet">
            ${plural(entries.length - MOST, "more item")}; copy as JSON to see all
          </li>`
        : nothing
    }
  </ul>`;
  if (depth === 0) return list;
  return html`<details ?open=${depth <= OPEN_DEPTH}>
    <summary>${brackets[0]} ${entries.length} ${brackets[2]}</summary>
    ${list}
  </details>`;
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  const text = value === null ? "null" : asText(value);
  return html`<bdi class="json-${kind}">${clip(text, LONG)}</bdi>`;
}
