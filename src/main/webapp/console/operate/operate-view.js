// SPDX-License-Identifier: Apache-2.0
import { healthStrip } from "../attention/health-strip.js";
import { resourceOf } from "../resources.js";
import { runPath, withSearch } from "../router.js";
import { badge, statusBadge } from "../ui/badge.js";
import { barChart } from "../ui/bar-chart.js";
import {
  bytesWords,
  costWords,
  durationWords,
  formatCount,
  percent,
  sentence,
  shortId,
} from "../ui/format.js";
import { findingsList } from "../ui/findings.js";
import { icon } from "../ui/icons.js";
import { dataTable, facts, loaded, pageHead, viewLinks } from "../ui/kit.js";
import { metric } from "../ui/prometheus.js";
import { errorState } from "../ui/states.js";
import { ago, duration, stamp } from "../ui/time.js";
import { term } from "../ui/tip.js";
import { html, nothing } from "../vendor/html.js";
import { deletedByTable, poolOf, processOf, streamState } from "./figures.js";

const WINDOWS = [
  ["All", ""],
  ["Last hour", "1h"],
  ["Last 24h", "24h"],
  ["Last 7d", "7d"],
];

export function operateView(state, ctx, actions) {
  const health = resourceOf(state, "health");
  const samples = health.data?.metrics ?? [];
  return html`${pageHead({
      title: "Operations",
      sub: "How the parts are, asked every 15 seconds while this page is visible.",
      tools: html`<button class="button" type="button" @click=${ctx.page().reload}>
        ${icon("retry")} Ask now
      </button>`,
    })}
    ${
      health.phase === "error"
        ? errorState(health.error, ctx.page().reload, "How the parts are is not known")
        : healthStrip({
            body: null,
            metrics: null,
            ...health.data,
            phase: health.phase,
            at: health.at,
          })
    }
    ${card(
      "diagnosis",
      "Diagnosis",
      loaded(state, "diagnosis", "the diagnosis", ctx.page().reload, (all) =>
        findingsList(all.findings),
      ),
    )}
    <div class="two">
      ${card(
        "streams",
        "Streams",
        loaded(state, "operations", "the streams", ctx.page().reload, (all) =>
          streams(all.streams, samples),
        ),
      )}
      ${card(
        "breaker",
        "Circuit breaker",
        loaded(state, "breaker", "the breaker", ctx.page().reload, (one) =>
          breaker(one, state.route.query, actions),
        ),
      )}
      ${card("pool", "Database pool", pool(samples))}
      ${card(
        "upkeep",
        "Projections and retention",
        loaded(state, "operations", "the upkeep", ctx.page().reload, (all) => upkeep(all, samples)),
      )}
      ${card("day", "Last 24 hours", loaded(state, "overview", "the figures", ctx.page().reload, day))}
      ${card(
        "build",
        "Process",
        loaded(state, "build", "the build", ctx.page().reload, (about) => build(about, samples)),
      )}
    </div>`;
}

function card(id, title, body) {
  return html`<section class="card" aria-labelledby="ops-${id}">
    <h2 id="ops-${id}">${title}</h2>
    ${body}
  </section>`;
}

function streams({ followed, open }, samples) {
  const readers = metric(samples, "active_sse_connections");
  const reconnects = metric(samples, "macp_stream_reconnects_total");
  return html`${facts([
    ["Runs followed", formatCount(followed)],
    ["Readers of live pages", readers === null ? "–" : formatCount(readers)],
    ["Reconnects since start", reconnects === null ? "–" : formatCount(reconnects)],
  ])}
  ${
    open.length === 0
      ? html`<p class="hint">No run goes on, so nothing is followed.</p>`
      : dataTable({
          caption: "Streams of the runs that go on, the longest silent first",
          rows: open,
          key: (one) => one.runId,
          columns: [
            {
              name: "Stream",
              cell: (one) => {
                const { tone, icon: name, word, about } = streamState(one);
                return badge(tone, name, word, about);
              },
            },
            {
              name: "Run",
              cell: (one) =>
                html`<a class="mono" href=${runPath(one.runId)}>${shortId(one.runId)}</a>
                  ${statusBadge(one.status)}`,
            },
            {
              name: "Silent for",
              cls: "num",
              cell: (one) => duration(one.changedAt, null),
            },
            {
              name: term("stream position", "Position"),
              cls: "num",
              cell: (one) => (one.position === null ? "–" : formatCount(one.position)),
            },
          ],
        })
  }`;
}

const BREAKER = {
  __proto__: null,
  CLOSED: ["good", "check"],
  OPEN: ["bad", "cross"],
  HALF_OPEN: ["warn", "clock"],
};

function breaker({ state, history }, query, actions) {
  const word = (name) =>
    badge(...(BREAKER[name] ?? ["rest", "dots"]), sentence(name.toLowerCase()));
  return html`<div class="section-head">
      <p>Now ${word(state)}</p>
      <button class="button" type="button" @click=${actions.reset}>
        ${icon("retry")} Close it…
      </button>
    </div>
    ${viewLinks(
      "Span of time",
      WINDOWS.map(([name, window]) => [
        name,
        withSearch("/ops", { window }),
        (query.window ?? "") === window,
      ]),
    )}
    ${
      history.length === 0
        ? html`<p class="hint">No change in this time.</p>`
        : html`<ol class="history">
            ${[...history].reverse().map((one) => html`<li>${word(one.state)} <span>${stamp(one.enteredAt)}</span> <bdi class="hint">${one.reason}</bdi></li>`)}
          </ol>`
    }`;
}

function pool(samples) {
  const found = poolOf(samples);
  if (found === null) return html`<p class="hint">The metrics do not tell.</p>`;
  const share = found.managed > 0 ? found.used / found.managed : 0;
  const busy = share > 0.9;
  return html`<p class="meter-words">
      <b>${formatCount(found.used)}</b> of ${formatCount(found.managed)} connections in
      use${busy ? html` ${badge("warn", "clock", "Nearly all")}` : nothing}
    </p>
    <meter
      min="0"
      max=${found.managed}
      high=${found.managed * 0.9}
      .value=${found.used}
      aria-label="Connections in use"
    >
      ${percent(share)}
    </meter>
    ${facts([
      ["Free", formatCount(found.free)],
      ["Had to wait, since start", formatCount(found.queued)],
      ["Waited in all", durationWords(found.waitSeconds * 1_000)],
    ])}`;
}

function upkeep({ projections, retention }, samples) {
  const deleted = deletedByTable(samples).filter((one) => one.count > 0);
  return html`<h3>${term("projection", "Projections")}</h3>
    <p>
      ${
        projections.outdated === 0
          ? html`${icon("check")} Every stored read model is of the present version.`
          : html`${icon("clock")}
            ${formatCount(projections.outdated)}${projections.outdated === 1_000 ? " or more" : ""}
            ${projections.outdated === 1 ? "read model waits" : "read models wait"} to be folded anew; until then each
            read folds ${projections.outdated === 1 ? "it" : "them"}.`
      }
    </p>
    <h3>${term("retention", "Retention")}</h3>
    <p>
      ${
        retention.enabled
          ? "On: what ended more than " +
            retention.ttlDays +
            " days ago is deleted, every " +
            retention.intervalHours +
            " hours, in batches of " +
            retention.batchSize +
            "."
          : "Off: nothing is ever deleted. DATA_RETENTION_ENABLED switches it on."
      }
    </p>
    <p class="hint">
      Deleted since start:
      ${deleted.length === 0 ? "nothing" : deleted.map((one) => formatCount(one.count) + " of " + one.table.replaceAll("_", " ")).join(", ")}.
    </p>`;
}

function day({ kpis, charts }) {
  return html`${facts([
    ["Runs", formatCount(kpis.totalRuns)],
    ["Completed", formatCount(kpis.completedRuns)],
    ["Failed", formatCount(kpis.failedRuns)],
    [
      "Neither failed nor declined",
      kpis.successRate === null ? "–" : percent(kpis.successRate) || formatCount(kpis.successRate),
    ],
    ["Took, mean", kpis.avgDurationMs === null ? "–" : durationWords(kpis.avgDurationMs)],
    ["Tokens", formatCount(kpis.totalTokens)],
    ["Cost", costWords(kpis.totalCostUsd ?? 0)],
  ])}
  ${barChart("Runs by the time they began", charts.runVolume)}`;
}

function build(about, samples) {
  const { heapUsed, heapMax, threads, cpus, startedAt } = processOf(samples);
  return facts([
    ["Version", about.version],
    ["Started", startedAt === null ? "–" : html`${stamp(startedAt)}, ${ago(startedAt)}`],
    ["Heap", heapUsed === null ? "–" : bytesWords(heapUsed) + " of " + bytesWords(heapMax)],
    ["Threads", threads === null ? "–" : formatCount(threads)],
    ["Processors", cpus === null ? "–" : formatCount(cpus)],
  ]);
}
