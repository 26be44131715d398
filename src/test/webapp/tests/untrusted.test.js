// SPDX-License-Identifier: Apache-2.0
import { demoCards } from "/console/demo/demo-view.js";
import { TABS, readAddress } from "/console/run/address.js";
import { actionsFor } from "/console/run/actions.js";
import { toEvent } from "/console/run/events.js";
import { openWindow } from "/console/run/log-window.js";
import { RUN_NONE, reduceRun } from "/console/run/run-state.js";
import { runView } from "/console/run/run-view.js";
import { RUNS_NONE } from "/console/runs/runs-state.js";
import { runsView } from "/console/runs/runs-view.js";
import { DEMO_UNKNOWN } from "/console/demo/demo-state.js";
import { html, render } from "/console/vendor/html.js";
import { equal, isTrue, test } from "./check.js";
import { message, projection, record, row, RUN_ID } from "./sample.js";

const CORPUS = [
  '<img src=x onerror="window.pwned=1">',
  "<script>window.pwned=1</script>",
  '"><svg/onload=window.pwned=1>',
  "' onmouseover='window.pwned=1",
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  "javascript:window.pwned=1",
  "</textarea></title></style></script><b>x</b>",
  "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}} <!-- -->",
  '<a href="javascript:window.pwned=1">x</a>',
  "__proto__",
];
const FORBIDDEN =
  "img, script, iframe, object, embed, form:not(.filters, .what-if-form), [onerror], [onload], [onmouseover], [srcdoc], " +
  "a[href^='javascript']";

function pageOf(text) {
  const rows = [
    row(1, "session.bound", { initiator: text, participants: [text], policyVersion: text }),
    row(2, text, { anything: text }, text),
    message(3, text, "Proposal", { proposalId: text, option: text, rationale: text }),
    message(4, text, "Evaluation", {
      proposalId: text,
      recommendation: text,
      confidence: text,
      reason: text,
    }),
    message(5, text, "Objection", { proposalId: text, severity: text, reason: text }),
    message(6, text, "Vote", { proposalId: text, vote: text, reason: text }),
    message(7, text, text, { proposalId: text, reason: { nested: [text] } }),
    row(8, "policy.denied", { decodedPayload: { reasons: [text, { text }] } }),
    message(9, text, "Commitment", {
      commitmentId: text,
      action: text,
      reason: text,
      authorityScope: text,
    }),
  ];
  const one = record({
    status: "failed",
    errorCode: text,
    errorMessage: text,
    sourceKind: text,
    sourceRef: text,
    tags: [text],
    metadata: { finalAction: text, executionRequest: { session: { modeName: text } } },
  });
  const policy = {
    policyVersion: text,
    policyDescription: text,
    quorumStatus: text,
    commitmentEvaluations: [{ decision: text, reasons: [text] }],
    expectedCommitments: [{ id: text, title: text }],
    voteTally: [{ commitmentId: text, threshold: 2, quorum: { required: 3 } }],
  };
  const state = projection(9, "failed", {
    policy,
    run: { modeName: text, status: text },
    participants: [{ participantId: text, role: text, status: text, latestSummary: text }],
  });
  const id = RUN_ID;
  const run = [
    { type: "run/opened", id },
    { type: "run/loaded", id, record: one, state },
    { type: "run/story", id, phase: "ready", events: rows, total: rows.length },
    { type: "log/opened", id, key: "", log: openWindow(9, 9) },
    { type: "log/filled", id, key: "", index: 0, events: rows.map(toEvent), firstVisible: 0 },
    {
      type: "run/policy",
      id,
      policy: { phase: "ready", id: text, body: { rules: { [text]: text } } },
    },
  ].reduce(reduceRun, RUN_NONE);
  const demo = {
    ...DEMO_UNKNOWN,
    phase: "available",
    error: { message: text },
    scenarios: [{ id: text, title: text, description: text, modeName: text, participants: [text] }],
  };
  const runs = {
    ...RUNS_NONE,
    phase: "ready",
    items: [one],
    total: 1,
    reached: true,
    error: { message: text },
  };
  return html`${TABS.map(([tab]) => runView({ run: withParts(run, text) }, controlOf(tab, text)))}
  ${runsView({ runs, demo }, {})} ${demoCards(demo, {})}`;
}

/** What the server would answer for the tabs, with the same text in every place. */
function withParts(run, text) {
  const part = (body) => ({ key: "9", phase: "ready", body, error: null });
  const event = { ...row(9, text, { [text]: text }, text), sourceName: text, traceId: text };
  const parts = {
    event: part({ event, raw: { seq: 8, kind: text, ts: event.ts, payload: { [text]: [text] } } }),
    raw: { body: true },
    lanes: part({
      columns: 20,
      total: 1,
      stretches: [{ fromTs: event.ts, toTs: event.ts, fromColumn: 0, toColumn: 19 }],
      lanes: [{ id: text, total: 1, cells: [[3, 1, 9, 9, text]] }],
    }),
    graph: part({
      seq: 9,
      width: 10,
      height: 10,
      nodes: [{ id: text, kind: text, status: text, x: 0, y: 0, width: 5, height: 5 }],
      edges: [
        {
          from: text,
          to: text,
          kinds: [{ kind: text, ts: event.ts }],
          path: text,
          labelX: 0,
          labelY: 0,
        },
      ],
    }),
    data: part({
      metrics: {},
      trace: { traceId: text, spanCount: 0 },
      artifacts: [
        { label: text, kind: text, uri: text, inline: { [text]: text }, createdAt: event.ts },
      ],
    }),
    deliveries: part({
      hooks: 1,
      rows: [
        {
          url: text,
          event: text,
          status: text,
          errorMessage: text,
          payload: { [text]: text },
          attempts: 1,
          createdAt: event.ts,
        },
      ],
    }),
    policies: part([{ policyId: text, mode: "*" }]),
    whatIf: part({
      policyId: text,
      commitments: [
        {
          seq: 9,
          action: text,
          verdict: text,
          recorded: text,
          reasons: [{ message: text, rule: text }],
        },
      ],
      readyAt: {},
      warnings: [text],
    }),
  };
  return { ...run, parts, busy: { failed: text } };
}

function controlOf(tab, text) {
  return {
    address: () => ({ ...readAddress({ tab, sel: "9" }), q: text }),
    href: () => "?",
    actions: () => actionsFor(record({ sourceRef: text })),
    follower: { viewport: () => ({ first: 0, size: 30 }) },
  };
}

export async function run() {
  const stage = document.getElementById("stage");
  for (const text of CORPUS) {
    await test("text stays text: " + text, async () => {
      render(pageOf(text), stage);
      await new Promise((resolve) => setTimeout(resolve, 20));
      equal(
        [...stage.querySelectorAll(FORBIDDEN)].map((element) => element.outerHTML),
        [],
        "no element came of it",
      );
      isTrue(stage.textContent.includes(text), "it is shown as it was written");
      isTrue(window.pwned === undefined, "nothing ran");
    });
  }
  render(html``, stage);
  await test("the content security policy has nothing to object to", () => {
    equal(window.cspViolations, []);
  });
}
