// SPDX-License-Identifier: Apache-2.0
import { html } from "../vendor/html.js";
import { tell } from "./confirm.js";
import { keyCaps, shortcutTable } from "./shortcuts.js";

/** The table that is also what the keyboard does. */
export function shortcutTables() {
  return html`<div class="key-tables">
    ${shortcutTable().map(
      (group) =>
        html`<section>
          <h3>${group.title}</h3>
          <dl class="keys">
            ${group.rows.map(
              (row) =>
                html`<div>
                  <dt>${caps(row.keys)}</dt>
                  <dd>${row.label}</dd>
                </div>`,
            )}
          </dl>
        </section>`,
    )}
  </div>`;
}

function caps(keys) {
  return keyCaps(keys).map(
    (alternative, at) =>
      html`${at > 0 ? " or " : ""}${alternative.map((key) => html`<kbd>${key}</kbd> `)}`,
  );
}

export function showShortcuts() {
  const body = html`${shortcutTables()}
    <p class="hint">Single keys can be switched off in <a href="/settings">settings</a>.</p>`;
  tell({ title: "Keyboard shortcuts", body });
}
