// SPDX-License-Identifier: Apache-2.0
import { foldDecision } from "/console/run/decision.js";
import { toEvent } from "/console/run/events.js";
import { outcomeOf, spokenSummary } from "/console/run/outcome.js";
import { RUN_NONE } from "/console/run/run-state.js";
import { equal, test } from "./check.js";
import { message, projection, record, row } from "./sample.js";

function tell(status, rows = [], more = {}) {
  const events = rows.map(toEvent);
  const state = projection(rows.at(-1)?.seq ?? 0, status);
  const told = { phase: "ready", events, total: events.length, error: null };
  const run = { ...RUN_NONE, record: record({ status, ...more }), projection: state, story: told };
  const { sentence, detail } = outcomeOf(run, foldDecision(events, state));
  return detail ? [sentence, detail] : [sentence];
}

const proposal = message(1, "agent://ann", "Proposal", { proposalId: "p1", option: "Block it" });
const yes = message(2, "bob", "Vote", { proposalId: "p1", vote: "APPROVE" });
const no = message(3, "cem", "Vote", { proposalId: "p1", vote: "REJECT" });
const critical = message(4, "cem", "Objection", {
  proposalId: "p1",
  severity: "critical",
  reason: "x",
});
const commitment = (positive) =>
  message(5, "agent://ann", "Commitment", {
    commitmentId: "c",
    action: "decision.x",
    outcomePositive: positive,
  });

export async function run() {
  await test("the outcome sentence of a decision", () => {
    equal(
      tell("completed", [proposal, yes, commitment(true)]),
      ["Approved: Block it", "1 for, 0 against · committed by ann"],
      "approved",
    );
    equal(
      tell("completed", [proposal, yes, no, critical, commitment(false)]),
      ["Declined: Block it", "1 for, 1 against · 1 critical objection by cem · committed by ann"],
      "declined",
    );
    equal(tell("completed"), ["Resolved without a recorded commitment"], "nothing recorded");
  });
  await test("the outcome sentence of a failure", () => {
    equal(
      tell("failed", [], { errorCode: "SESSION_EXPIRED" }),
      ["Expired: nobody committed before the deadline"],
      "expired",
    );
    equal(
      tell("failed", [], { errorCode: "RUN_FAILED", errorMessage: "boom" }),
      ["Failed: boom"],
      "other",
    );
    equal(
      tell("failed", [row(2, "run.failed", { error: "late" })]),
      ["Failed: late"],
      "told by the event",
    );
    equal(tell("failed"), ["Failed for an unknown reason"], "told by nobody");
    equal(
      tell("cancelled", [row(2, "run.cancelled", { reason: "duplicate" })]),
      ["Cancelled", "duplicate"],
      "cancelled",
    );
  });
  await test("the outcome sentence of what is going on", () => {
    equal(tell("queued"), ["Waiting for an agent to open the session"], "not open");
    equal(tell("running", [row(1, "session.bound")]), ["Waiting for a first proposal"], "open");
    equal(tell("running", [proposal]), ["Weighing “Block it”", "0 evaluations so far"], "proposed");
    equal(
      tell("running", [proposal, yes]),
      ["Voting on “Block it”", "1 vote cast · 1 for, 0 against"],
      "voting",
    );
    equal(tell("suspended"), ["Suspended: waiting to be resumed"], "suspended");
  });
  await test("a screen reader hears the end", () => {
    const run = { ...RUN_NONE, record: record({ status: "cancelled" }), projection: projection(0) };
    equal(spokenSummary(run, foldDecision([], run.projection)), "Run ended. Cancelled");
  });
}
