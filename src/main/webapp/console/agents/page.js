// SPDX-License-Identifier: Apache-2.0
import { load, resourceOf } from "../resources.js";
import { runPath, withSearch } from "../router.js";
import { recordOutcome, runTitle, sessionOf } from "../runs/record.js";
import { statusBadge } from "../ui/badge.js";
import {
  durationWords,
  formatCount,
  modeName,
  participantName,
  percent,
  plural,
} from "../ui/format.js";
import { dataTable, facts, loaded, pageHead, viewLinks } from "../ui/kit.js";
import { emptyState } from "../ui/states.js";
import { ago } from "../ui/time.js";
import { term } from "../ui/tip.js";
import { html } from "../vendor/html.js";

const WINDOWS = ["24h", "7d", "30d"];
const USUAL = "30d";
const LOOKED_AT = 200;

/** Servers refuse an encoded slash within a path: what has one goes into the query. */
export function agentPath(id) {
  const name = participantName(id);
  const plain = id === "agent://" + name && /^[\w.@:-]+$/.test(name) && name !== "-";
  return plain ? "/agents/" + name : withSearch("/agents/-", { id });
}

/** The agent that an address means. */
export function agentOf({ params, query }) {
  return query.id ?? "agent://" + params.id;
}

/** Everybody who spoke, with what they said and how fast. */
export const agentsPage = {
  title: () => "Agents",
  open(ctx, route) {
    const ask = (window) =>
      load(ctx, "agents", () =>
        ctx.api.get("/dashboard/agents/metrics", { window: window ?? USUAL, limit: 1000 }),
      );
    ask(route.query.window);
    return {
      reload: () => ask(ctx.store.state.route.query.window),
      onQuery: (query) => ask(query.window),
    };
  },
  view(state, ctx) {
    const window = state.route.query.window ?? USUAL;
    const links = WINDOWS.map((one) => [
      "Last " + one,
      withSearch("/agents", { window: one === USUAL ? "" : one }),
      one === window,
    ]);
    return html`${pageHead({
      title: "Agents",
      sub: html`Every ${term("participant")} that spoke, and what it said.`,
    })}
    ${viewLinks("Span of time", links)}
    ${loaded(state, "agents", "the agents", ctx.page().reload, (agents) => (agents.length === 0 ? nobody() : table(agents)))}`;
  },
};

function nobody() {
  return emptyState({
    title: "Nobody spoke in this time",
    text: "Agents appear with their first message in a session. Look at a longer time, or start a demo from Attention.",
  });
}

function table(agents) {
  return dataTable({
    caption: "Agents, those in most runs first",
    key: (agent) => agent.participantId,
    rows: agents,
    columns: [
      {
        name: "Agent",
        cell: (agent) =>
          html`<a href=${agentPath(agent.participantId)}
            ><bdi>${participantName(agent.participantId)}</bdi></a
          >`,
      },
      ...figures(),
    ],
  });
}

function figures() {
  return [
    { name: "Runs", cls: "num", cell: (agent) => formatCount(agent.runs) },
    { name: "Messages", cls: "num", cell: (agent) => formatCount(agent.messages) },
    { name: term("signal", "Signals"), cls: "num", cell: (agent) => formatCount(agent.signals) },
    {
      name: "Confidence, mean",
      cls: "num",
      cell: (agent) => percent(agent.averageConfidence) || "–",
    },
    {
      name: "Answers after, mean",
      cls: "num",
      cell: (agent) =>
        agent.averageLatencyMs === undefined ? "–" : durationWords(agent.averageLatencyMs),
    },
  ];
}

/** One agent: its figures and the runs that it was declared for. */
export const agentPage = {
  title: ({ route }) => participantName(agentOf(route)),
  open(ctx) {
    const both = () => {
      load(ctx, "agents", () =>
        ctx.api.get("/dashboard/agents/metrics", { window: USUAL, limit: 1000 }),
      );
      load(ctx, "agentRuns", () => ctx.api.listRuns(LOOKED_AT, 0, { includeSandbox: "true" }));
    };
    both();
    return { reload: both };
  },
  view(state, ctx) {
    const id = agentOf(state.route);
    const agents = resourceOf(state, "agents").data ?? [];
    const agent = agents.find((one) => one.participantId === id);
    return html`${pageHead({
      title: participantName(id),
      sub: html`<span class="mono">${id}</span>`,
      back: { path: "/agents", label: "Agents" },
    })}
    ${
      agent
        ? html`<div class="card">
            ${facts(figures().map((one) => [one.name, one.cell(agent)]))}
            <p class="hint">In the last 30 days.</p>
          </div>`
        : html`<p class="sub">It said nothing in the last 30 days.</p>`
    }
    ${loaded(state, "agentRuns", "its runs", ctx.page().reload, (page) => itsRuns(id, page))}`;
  },
};

function itsRuns(id, page) {
  const runs = page.data.filter((run) =>
    (sessionOf(run).participants ?? []).some((one) => one?.id === id),
  );
  const among =
    page.total > page.data.length
      ? " among the newest " + page.data.length + " of " + formatCount(page.total)
      : "";
  return html`<h2 class="section-title">
      Runs <span class="count">${plural(runs.length, "run")}${among}</span>
    </h2>
    ${
      runs.length === 0
        ? html`<p class="hint">None that declared it.</p>`
        : dataTable({
            caption: "Runs of this agent, newest first",
            rows: runs,
            columns: [
              { name: "Status", cell: (run) => statusBadge(run.status) },
              {
                name: "Run",
                cell: (run) => html`<a href=${runPath(run.id)}><bdi>${runTitle(run)}</bdi></a>`,
              },
              { name: "Outcome", cell: (run) => recordOutcome(run)?.word ?? "–" },
              { name: "Mode", cell: (run) => modeName(sessionOf(run).modeName ?? "–") },
              { name: "Started", cell: (run) => ago(run.startedAt ?? run.createdAt) },
            ],
          })
    }`;
}
