// SPDX-License-Identifier: Apache-2.0
import { load } from "../resources.js";
import { runPath, withSearch } from "../router.js";
import { download } from "../runs/bulk.js";
import { formatCount, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { dataTable, loaded, pageHead, pager, pretty } from "../ui/kit.js";
import { problemLine } from "../ui/problems.js";
import { emptyState } from "../ui/states.js";
import { stamp } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";

const LIMIT = 50;
const FIELDS = [
  ["actor", "Who", "settings"],
  ["action", "What", "run.cancelled"],
  ["resource", "On what", "run"],
  ["resourceId", "Id", ""],
];

/** Who changed what, newest first. */
export const auditPage = {
  title: () => "Audit",
  open(ctx, route) {
    const ask = (query) =>
      load(ctx, "audit", () =>
        ctx.api.get("/audit", { ...filterOf(query), limit: LIMIT, offset: offsetOf(query) }),
      );
    ask(route.query);
    return { onQuery: ask, reload: () => ask(ctx.store.state.route.query) };
  },
  view(state, ctx) {
    const { query } = state.route;
    const show = (change) => ctx.go(withSearch("/audit", { ...query, ...change }));
    return html`${pageHead({
        title: "Audit",
        sub: "Every change that was asked for: by whom, and what became of it. Nothing here can be edited.",
        tools: html`<button class="button" type="button" @click=${() => saveAll(ctx, query)}>
          ${icon("download")} Export as lines
        </button>`,
      })}
      <form
        class="filters"
        role="search"
        aria-label="Audit"
        @submit=${(event) => event.preventDefault()}
      >
        ${FIELDS.map(
          ([name, label, example]) =>
            html`<div class="field slim">
              <label for="audit-${name}">${label}</label>
              <input
                id="audit-${name}"
                name=${name}
                placeholder=${example}
                .value=${query[name] ?? ""}
                @change=${(event) => show({ [name]: event.target.value.trim(), offset: "" })}
              />
            </div>`,
        )}
      </form>
      ${loaded(state, "audit", "the audit log", ctx.page().reload, (page) => rows(page, query, show))}`;
  },
};

function filterOf(query) {
  return Object.fromEntries(FIELDS.map(([name]) => [name, query[name] || undefined]));
}

function offsetOf(query) {
  const offset = Number(query.offset ?? 0);
  return Number.isInteger(offset) && offset >= 0 ? offset : 0;
}

function rows(page, query, show) {
  if (page.data.length === 0)
    return emptyState({
      title: "Nothing is recorded here",
      text: Object.values(filterOf(query)).some(Boolean)
        ? "Nobody asked for a change like that. Take a filter away."
        : "Changes appear here as soon as somebody asks for one.",
      action: html`<a class="button" href="/audit">All of it</a>`,
    });
  return html`<p class="hint">${formatCount(page.total)} rows</p>
    ${dataTable({
      caption: "Audit log, newest first",
      rows: page.data,
      columns: [
        { name: "When", cell: (row) => stamp(row.createdAt) },
        {
          name: "Who",
          cell: (row) =>
            html`<bdi>${row.actor}</bdi
              >${row.actorType === row.actor ? nothing : html` <span class="tag">${row.actorType}</span>`}`,
        },
        { name: "What", cell: (row) => html`<b>${row.action}</b>${outcome(row)}` },
        { name: "On", cell: target },
        { name: "Details", cell: details },
      ],
    })}
    ${pager(page, (offset) => show({ offset: offset === 0 ? "" : offset }))}`;
}

function outcome({ details: about }) {
  const word = about?.outcome ?? about?.result;
  if (typeof word !== "string") return nothing;
  const bad = word !== "applied";
  return html` <span class=${bad ? "tag" : "tag strong"}
    >${icon(bad ? "cross" : "check")} ${word}</span
  >`;
}

function target(row) {
  const id = row.resourceId;
  const name = html`${row.resource}
    <span class="mono" title=${id ?? ""}>${id ? shortId(id) : ""}</span>`;
  return row.resource === "run" && id ? html`<a href=${runPath(id)}>${name}</a>` : name;
}

function details(row) {
  if (row.details === null || Object.keys(row.details).length === 0) return "–";
  return html`<details class="peek">
    <summary>Show</summary>
    <pre class="json" tabindex="0" role="region" aria-label="Details">${pretty(row.details)}</pre>
  </details>`;
}

async function saveAll(ctx, query) {
  try {
    const text = await ctx.api.text(
      withSearch("/audit/export", filterOf(query)),
      "application/x-ndjson",
    );
    download("audit.jsonl", text, "application/x-ndjson");
  } catch (error) {
    ctx.guard(error);
    ctx.notify(problemLine(error));
  }
}
