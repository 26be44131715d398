// SPDX-License-Identifier: Apache-2.0
import { pageHead, viewLinks } from "../ui/kit.js";
import { sentence } from "../ui/format.js";
import { PROBLEMS } from "../ui/problems.js";
import { shortcutTables } from "../ui/shortcut-table.js";
import { html } from "../vendor/html.js";
import { CODES, GLOSSARY } from "./facts.js";

const STATUS_WORDS = [
  ["Queued", "Accepted, not started yet."],
  ["Starting", "The runtime was asked; no agent has opened the session yet."],
  ["Binding session", "The session was found, and the observer is attaching to it."],
  ["Running", "The session is open, and every event is recorded as it comes."],
  ["Suspended", "Paused by somebody; nothing happens until it is resumed or cancelled."],
  ["Completed", "The session was resolved. The outcome says whether it was approved or declined."],
  ["Failed", "It ended without a resolution; the cause is named."],
  ["Cancelled", "It was stopped by request."],
];

const PARTS = {
  shortcuts: ["Shortcuts", () => shortcutTables()],
  words: ["Words", words],
  statuses: ["Statuses", () => table("Statuses of a run", ["Status", "Meaning"], STATUS_WORDS)],
  problems: ["Problem codes", problems],
  api: ["API", api],
};

/** Shortcuts, words and codes: made of what drives them, so that none of it can be out of date. */
export const helpPage = {
  title: () => "Help",
  view(state) {
    const part = PARTS[state.route.query.part] ? state.route.query.part : "shortcuts";
    const links = Object.entries(PARTS).map(([name, [title]]) => [
      title,
      "/help?part=" + name,
      name === part,
    ]);
    return html`${pageHead({ title: "Help", sub: "What the keys do, what the words mean, and what to do about a problem." })}
      ${viewLinks("Parts of the help", links)}
      <section class="card" aria-labelledby="help-part">
        <h2 id="help-part">${PARTS[part][0]}</h2>
        ${PARTS[part][1]()}
      </section>`;
  },
};

function words() {
  return html`<dl class="glossary">
    ${Object.entries(GLOSSARY).map(
      ([word, meaning]) =>
        html`<div>
          <dt>${plain(word)}</dt>
          <dd>${plain(meaning)}</dd>
        </div>`,
    )}
  </dl>`;
}

function plain(text) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
}

function problems() {
  const rows = CODES.map(([code, status]) => [
    html`<code>${code}</code>`,
    status,
    ...(PROBLEMS[code] ?? [sentence(code.toLowerCase()), ""]),
  ]);
  return table("Problem codes", ["Code", "HTTP", "What it says", "What to do"], rows);
}

function table(caption, heads, rows) {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Table: ${caption}">
    <table class="data">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, at) => (at === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function api() {
  return html`<p>Everything that this console shows and does is in the API of this server.</p>
    <ul class="bullets">
      <li><a href="/openapi/ui/" target="_blank">Description of every endpoint, to be tried</a></li>
      <li><a href="/openapi" target="_blank">The same as an OpenAPI document</a></li>
      <li>
        <a href="/metrics" target="_blank">Metrics</a> and
        <a href="/readyz" target="_blank">readiness</a>
      </li>
    </ul>
    <p class="hint">An API key goes into the header <code>Authorization: Bearer …</code>.</p>`;
}
