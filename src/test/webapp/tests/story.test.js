// SPDX-License-Identifier: Apache-2.0
import { toEvent } from "/console/run/events.js";
import { wordsFor } from "/console/run/event-words.js";
import { chapters } from "/console/run/story.js";
import { equal, isTrue, test } from "./check.js";
import { message, row, START } from "./sample.js";

const vote = (seq) =>
  message(seq, "ann", "Vote", { proposalId: "p1", vote: "APPROVE", reason: "fine" });
const proposal = (seq) => message(seq, "ann", "Proposal", { proposalId: "p1", option: "Go" });
const later = (event, ms) => ({ ...event, ts: new Date(START + ms).toISOString() });

export async function run() {
  await test("a story has a beginning, a course and an end", () => {
    const events = [
      row(1, "run.created"),
      row(3, "session.bound"),
      proposal(5),
      row(6, "policy.resolved"),
      vote(8),
      row(9, "decision.finalized"),
      vote(12),
      row(14, "run.completed"),
    ].map(toEvent);
    equal(
      chapters(events).map((part) => [part.title, part.lines.map((line) => line.event.seq)]),
      [
        ["How it began", [1, 3]],
        ["What was said", [5, 6, 8]],
        ["How it ended", [9, 12, 14]],
      ],
      "also what comes late",
    );
    equal(
      chapters(events, 6).flatMap((part) => part.lines.map((line) => line.event.seq)),
      [1, 3, 5, 6],
      "as of a moment only what was before it",
    );
    equal(chapters([]), [], "of nothing there is none");
  });
  await test("silence is told", () => {
    const events = [row(1, "run.created"), later(proposal(2), 45_000), later(vote(3), 46_000)];
    equal(
      chapters(events.map(toEvent)).flatMap((part) => part.lines.map((line) => line.quietMs)),
      [0, 44_000, 0],
    );
  });
  await test("every type of the contract has words of its own", () => {
    const types = [
      "run.created",
      "run.started",
      "run.completed",
      "run.failed",
      "run.cancelled",
      "run.suspended",
      "run.resumed",
      "session.bound",
      "session.stream.opened",
      "session.state.changed",
      "participant.seen",
      "message.sent",
      "message.received",
      "message.send_failed",
      "signal.emitted",
      "signal.acknowledged",
      "proposal.created",
      "proposal.updated",
      "decision.finalized",
      "progress.reported",
      "tool.called",
      "tool.completed",
      "artifact.created",
      "policy.resolved",
      "policy.commitment.evaluated",
      "policy.denied",
      "llm.call.completed",
    ];
    const silent = types.filter((type) => {
      const { did } = wordsFor(toEvent(row(1, type)));
      return did === "" || did === type;
    });
    equal(silent, []);
  });
  await test("an unknown type is shown by its name", () => {
    const words = wordsFor(toEvent(row(1, "planet.aligned")));
    equal([words.did, words.minor], ["planet.aligned", false]);
    isTrue(
      wordsFor(toEvent(row(1, "constructor"))).did === "constructor",
      "also one that objects know",
    );
  });
}
