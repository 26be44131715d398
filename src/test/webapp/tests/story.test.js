// SPDX-License-Identifier: Apache-2.0
import { toEvent } from "/console/run/events.js";
import { wordsFor } from "/console/run/event-words.js";
import { countEvents, groupEvents, rowKey } from "/console/run/timeline.js";
import { equal, isTrue, test } from "./check.js";
import { message, row, START } from "./sample.js";

const envelope = (seq, of) =>
  row(seq, "message.received", { sender: "ann", messageType: "Vote", messageId: "m" + of });
const vote = (seq) =>
  message(seq, "ann", "Vote", { proposalId: "p1", vote: "APPROVE", reason: "fine" });
const keys = (groups) => groups.flatMap((group) => group.rows.map(rowKey));
const later = (event, ms) => ({ ...event, ts: new Date(START + ms).toISOString() });

export async function run() {
  await test("minor events are folded with their number", () => {
    const events = [
      row(1, "run.created"),
      row(2, "participant.seen"),
      row(3, "participant.seen"),
      vote(4),
    ].map(toEvent);
    const [group] = groupEvents(events, "key");
    equal(
      group.rows.map((one) => one.fold?.length ?? one.event.seq),
      [1, 2, 4],
    );
    equal(countEvents(events), { key: 2, all: 4 }, "and counted");
    equal(keys(groupEvents(events, "all")), [1, 2, 3, 4], "all of them on request");
  });
  await test("a message and the event made from it are one row", () => {
    const [group] = groupEvents(
      [row(1, "run.created"), envelope(2, 4), vote(4)].map(toEvent),
      "key",
    );
    equal(
      group.rows.map((one) => [one.event.seq, one.also?.seq ?? null]),
      [
        [1, null],
        [4, 2],
      ],
    );
    const [other] = groupEvents([envelope(2, 99), vote(4)].map(toEvent), "key");
    equal(other.rows.length, 2, "but not with another message's envelope");
  });
  await test("silence is told", () => {
    const groups = groupEvents(
      [row(1, "run.created"), later(vote(2), 45_000), later(vote(3), 200_000)].map(toEvent),
      "key",
    );
    equal(keys(groups), [1, "2q", 2, 3], "inside a minute as a row");
    equal(
      groups.map((group) => group.quietMs),
      [0, 155_000],
      "before a new minute as its mark",
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
