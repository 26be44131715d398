// SPDX-License-Identifier: Apache-2.0
import { demoCards } from "/console/demo/demo-view.js";
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
  "img, script, iframe, object, embed, form, [onerror], [onload], [onmouseover], [style], [srcdoc], " +
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
    { type: "run/events", id, events: rows },
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
  return html`${runView({ run, route: { params: { events: "all" } } }, {})} ${runsView({ runs, demo }, {})}
    ${demoCards(demo, {})}`;
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
