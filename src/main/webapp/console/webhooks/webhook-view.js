// SPDX-License-Identifier: Apache-2.0
import { runPath, withSearch } from "../router.js";
import { badge } from "../ui/badge.js";
import { plural, shortId } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { dataTable, facts, pager, pretty, viewLinks } from "../ui/kit.js";
import { ago, stamp } from "../ui/time.js";
import { html, nothing } from "../vendor/html.js";

const HEALTH = {
  __proto__: null,
  healthy: ["good", "check", "Healthy", "The latest delivery arrived"],
  retrying: ["wait", "retry", "Retrying", "The latest attempt failed and is tried again"],
  failing: ["bad", "cross", "Failing", "The latest delivery failed for good"],
  unused: ["rest", "dots", "Unused", "Nothing was sent yet"],
  inactive: ["hold", "pause", "Paused", "Nothing is written for it, and what is pending waits"],
};

export function statusTag(hook) {
  const [tone, iconName, word, about] =
    HEALTH[hook.health?.status] ?? HEALTH[hook.active ? "unused" : "inactive"];
  return badge(tone, iconName, word, about);
}

export function webhookFacts(hook) {
  const { health, deliveryStats: stats } = hook;
  return html`<div class="card">
    ${facts([
      ["Health", statusTag(hook)],
      ["Told of", hook.events.length === 0 ? "everything" : hook.events.join(", ")],
      ["Delivered", stats?.succeeded ?? "–"],
      ["Failed for good", stats?.failed ?? "–"],
      [
        "Pending",
        health
          ? html`${health.pending}${health.oldestPendingAt ? html`, the oldest since ${ago(health.oldestPendingAt)}` : nothing}`
          : "–",
      ],
      ["Failures in a row", health?.failuresInARow ?? "–"],
      ["Last attempt", health?.lastAttemptAt ? ago(health.lastAttemptAt) : "never"],
      ["Last answer", health?.lastResponseStatus ? "HTTP " + health.lastResponseStatus : "–"],
      ["Secret", html`<code>${hook.secret}</code>`],
      ["Since", stamp(hook.createdAt)],
    ])}
    ${health?.lastError ? html`<p class="inline-error">${icon("cross")} <bdi>${health.lastError}</bdi></p>` : nothing}
  </div>`;
}

const STATUS = {
  __proto__: null,
  delivered: ["good", "check", "Delivered"],
  pending: ["wait", "clock", "Pending"],
  failed: ["bad", "cross", "Failed"],
};

export function deliveriesView(state, page, ctx, act) {
  const { query } = state.route;
  const path = location.pathname;
  const link = (name, status) => [
    name,
    withSearch(path, { status }),
    (query.status ?? "") === status,
  ];
  const hook = state.route.params.id;
  return html`<div class="section-head">
      <h2 class="section-title">Deliveries <span class="count">${page.total}</span></h2>
      <button class="button" type="button" @click=${() => act.redeliverFailed(hook)}>
        ${icon("retry")} Send again what failed
      </button>
    </div>
    ${viewLinks("Deliveries", [link("All", ""), link("Failed", "failed"), link("Pending", "pending"), link("Delivered", "delivered")])}
    ${
      page.data.length === 0
        ? html`<p class="hint">None here. A test shows at once whether the address answers.</p>`
        : dataTable({
            caption: "Deliveries, newest first",
            rows: page.data,
            columns: [
              {
                name: "State",
                cell: (one) => badge(...(STATUS[one.status] ?? ["rest", "dots", one.status])),
              },
              { name: "Event", cell: (one) => one.event },
              {
                name: "Run",
                cell: (one) =>
                  one.event === "webhook.test"
                    ? "–"
                    : html`<a class="mono" href=${runPath(one.runId)}>${shortId(one.runId)}</a>`,
              },
              { name: "Written", cell: (one) => ago(one.createdAt) },
              { name: "Attempts", cls: "num", cell: (one) => one.attempts },
              { name: "Answer", cell: answer },
              {
                name: "Payload",
                cell: (one) =>
                  html`<details class="peek">
                    <summary>Show</summary>
                    <pre class="json" tabindex="0" role="region" aria-label="Payload">
${pretty(one.payload)}</pre>
                  </details>`,
              },
              {
                name: html`<span class="visually-hidden">Actions</span>`,
                cell: (one) => again(one, hook, act),
              },
            ],
          })
    }
    ${pager(page, (offset) => ctx.go(withSearch(path, { ...query, offset: offset || "" })))}`;
}

function answer(one) {
  const status = one.responseStatus ? "HTTP " + one.responseStatus : "";
  const next =
    one.status === "pending" && one.nextAttemptAt
      ? html` <span class="hint">next ${stamp(one.nextAttemptAt)}</span>`
      : nothing;
  return html`${status}
    <bdi>${one.errorMessage ?? ""}</bdi
    >${next}${!status && !one.errorMessage && next === nothing ? "–" : nothing}`;
}

function again(one, hook, act) {
  if (one.status === "pending") return nothing;
  return html`<button
    class="button small"
    type="button"
    aria-label="Send ${one.event} of ${plural(one.attempts, "attempt")} again"
    @click=${() => act.redeliver(hook, one)}
  >
    Send again
  </button>`;
}
