// SPDX-License-Identifier: Apache-2.0
import { foldDecision, sideOf } from "/console/run/decision.js";
import { toEvent } from "/console/run/events.js";
import { tallyLabel } from "/console/run/tally-bar.js";
import { equal, test } from "./check.js";
import { message, projection } from "./sample.js";

const TALLY = [
  { commitmentId: "p1", allow: 0, deny: 0, threshold: 2, quorum: { required: 3, cast: 0 } },
];
const MODEL = projection(9, "running", {
  policy: { policyVersion: "p", commitmentEvaluations: [], voteTally: TALLY },
});
const fold = (...rows) => foldDecision(rows.map(toEvent), MODEL);
const propose = (seq, proposalId = "p1", option = "Ship") =>
  message(seq, "ann", "Proposal", { proposalId, option });
const vote = (seq, who, word) =>
  message(seq, who, "Vote", { proposalId: "p1", vote: word, reason: "r" + seq });
const commit = (seq, more = {}) =>
  message(seq, "ann", "Commitment", {
    commitmentId: "c1",
    action: "decision.approved",
    outcomePositive: true,
    ...more,
  });

export async function run() {
  await test("votes are tallied with the server's threshold", () => {
    const [proposal] = fold(
      propose(1),
      vote(2, "ann", "APPROVE"),
      vote(3, "bob", "reject"),
      vote(4, "cem", "ABSTAIN"),
    ).proposals;
    equal(proposal.tally, { allow: 1, deny: 1, abstain: 1, cast: 3, threshold: 2, required: 3 });
    equal(
      tallyLabel(proposal.tally),
      "1 for, 1 against, 1 abstained of 3 possible votes; 2 for are needed",
      "in words",
    );
  });
  await test("a voter has one vote per proposal", () => {
    const [proposal] = fold(
      propose(1),
      vote(2, "ann", "REJECT"),
      vote(3, "ann", "APPROVE"),
    ).proposals;
    equal(
      proposal.votes.map((one) => [one.who, one.word]),
      [["ann", "APPROVE"]],
    );
  });
  await test("what comes after the commitment is shown but not counted", () => {
    const [proposal] = fold(
      propose(1),
      vote(2, "ann", "APPROVE"),
      commit(3),
      vote(4, "bob", "REJECT"),
    ).proposals;
    equal([proposal.tally.allow, proposal.tally.deny], [1, 0], "not counted");
    equal(
      proposal.votes.map((one) => one.late),
      [false, true],
      "marked",
    );
  });
  await test("evaluations and objections keep who, why and how strongly", () => {
    const [proposal] = fold(
      propose(1),
      message(2, "bob", "Evaluation", {
        proposalId: "p1",
        recommendation: "APPROVE",
        confidence: 0.8,
        reason: "fine",
      }),
      message(3, "cem", "Objection", { proposalId: "p1", severity: "CRITICAL", reason: "no" }),
      message(4, "dee", "Objection", { proposalId: "p1" }),
    ).proposals;
    equal(
      proposal.evaluations.map((one) => [one.who, one.recommendation, one.confidence]),
      [["bob", "APPROVE", 0.8]],
    );
    equal(
      proposal.objections.map((one) => [one.who, one.severity]),
      [
        ["cem", "critical"],
        ["dee", "medium"],
      ],
    );
    equal(proposal.tally.cast, 0, "an evaluation is not a vote");
  });
  await test("the first commitment counts", () => {
    const { commitment } = fold(
      propose(1),
      commit(2),
      commit(3, { action: "decision.rejected", outcomePositive: false }),
    );
    equal(
      [commitment.action, commitment.positive, commitment.who, commitment.seq],
      ["decision.approved", true, "ann", 2],
    );
  });
  await test("a commitment keeps its hash and what it supersedes", () => {
    const event = commit(1, { supersedes: { sessionId: "s-0", commitmentHash: "sha256:1" } });
    const hashed = { ...event, data: { ...event.data, commitmentHash: "sha256:2" } };
    const told = fold(hashed).commitment;
    equal([told.hash, told.unverifiable, told.supersedes], ["sha256:2", "", "s-0"], "told");
    const { hash, unverifiable, supersedes } = fold(commit(1)).commitment;
    equal([hash, unverifiable, supersedes], ["", "", ""], "an older log");
  });
  await test("an outcome that is not told is read from the action, or left open", () => {
    const positive = (action) =>
      fold(commit(1, { action, outcomePositive: undefined })).commitment.positive;
    equal(
      [positive("quorum.rejected"), positive("selected"), positive("merge it")],
      [false, true, null],
    );
  });
  await test("a commitment is tied to a proposal only when the log says so", () => {
    const two = [propose(1, "p1", "Ship"), propose(2, "p2", "Wait")];
    equal(fold(...two, commit(3)).chosen, null, "two candidates");
    equal(fold(...two, commit(3, { commitmentId: "p2" })).chosen.id, "p2", "named");
    equal(fold(...two, commit(3, { action: "Wait" })).chosen.id, "p2", "its option");
    equal(fold(propose(1), commit(3)).chosen.id, "p1", "the only one");
    equal(fold(commit(3)).chosen, null, "no proposal");
  });
  await test("a response to an unseen proposal makes its place", () => {
    const [proposal] = fold(vote(2, "ann", "YES")).proposals;
    equal([proposal.id, proposal.named, proposal.tally.allow], ["p1", false, 1]);
  });
  await test("words of other modes take a side", () => {
    const sides = [
      ["", "Accept"],
      ["", "TaskReject"],
      ["", "Abstain"],
      ["no", "Vote"],
      ["later", "Vote"],
    ];
    equal(
      sides.map(([word, type]) => sideOf({ vote: word || undefined }, type)),
      ["allow", "deny", "abstain", "deny", "abstain"],
    );
  });
}
