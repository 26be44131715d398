// SPDX-License-Identifier: Apache-2.0
import { align } from "/console/compare/align.js";
import { readCompare, searchOf } from "/console/compare/compare-address.js";
import { COMPARE_NONE, reduceCompare } from "/console/compare/compare-state.js";
import { differences, metricRows, participantRows } from "/console/compare/diff.js";
import { toEvent } from "/console/run/events.js";
import { equal, isTrue, test } from "./check.js";
import { chance, message, row } from "./sample.js";

const pairs = (rows) => rows.map(({ left, right }) => [left?.seq ?? null, right?.seq ?? null]);
const say = (seq, who, type) => toEvent(message(seq, who, type, {}));

export async function run() {
  await test("the same steps stand in the same rows", () => {
    const left = [say(1, "ann", "Proposal"), say(2, "bob", "Vote"), say(5, "ann", "Commitment")];
    const right = [
      say(1, "ann", "Proposal"),
      say(4, "cid", "Objection"),
      say(9, "ann", "Commitment"),
    ];
    equal(pairs(align(left, right, "type")), [
      [1, 1],
      [2, null],
      [null, 4],
      [5, 9],
    ]);
    equal(align([], [], "type"), [], "nothing beside nothing");
  });
  await test("aligning loses and doubles nothing", () => {
    const random = chance(20_260_302);
    const log = () =>
      Array.from({ length: 80 }, (_, at) =>
        say(at + 1, "p" + Math.floor(random() * 3), random() < 0.5 ? "Vote" : "Evaluation"),
      );
    for (const by of ["type", "time"]) {
      const [left, right] = [log(), log()];
      const rows = align(left, right, by);
      equal(
        rows
          .map((one) => one.left)
          .filter(Boolean)
          .map((one) => one.seq),
        left.map((one) => one.seq),
        "left, by " + by,
      );
      equal(
        rows
          .map((one) => one.right)
          .filter(Boolean)
          .map((one) => one.seq),
        right.map((one) => one.seq),
        "right, by " + by,
      );
    }
  });
  await test("by time, rows stand by how long after the start they were", () => {
    const left = [toEvent(row(1, "a")), toEvent(row(4, "b"))];
    const right = [toEvent(row(10, "a")), toEvent(row(11, "c"))];
    equal(pairs(align(left, right, "time")), [
      [1, null],
      [null, 10],
      [null, 11],
      [4, null],
    ]);
  });
  await test("payloads differ by path, and not by what no two runs share", () => {
    const left = {
      messageId: "1",
      decodedPayload: { vote: "APPROVE", reasons: ["a"], same: { x: null } },
    };
    const right = {
      messageId: "2",
      decodedPayload: { vote: "REJECT", reasons: ["a", "b"], same: { x: null } },
    };
    equal(
      differences(left, right).map((one) => [one.path, one.kind]),
      [
        ["decodedPayload.vote", "changed"],
        ["decodedPayload.reasons.1", "added"],
      ],
    );
    equal(differences(left, left), [], "the same is the same");
    equal(differences({ a: [] }, { a: {} }).length, 1, "a list is no object");
  });
  await test("participants and numbers of both sides are listed once", () => {
    const side = (...ids) => ({
      participants: ids.map((participantId) => ({ participantId, status: "idle" })),
    });
    equal(
      participantRows(side("a", "b"), side("b", "c")).map((one) => [
        one.id,
        Boolean(one.left),
        Boolean(one.right),
      ]),
      [
        ["a", true, false],
        ["b", true, true],
        ["c", false, true],
      ],
    );
    equal(
      metricRows({ x: 1, y: 3 }, { y: 2 }, [
        ["x", "X"],
        ["y", "Y"],
        ["z", "Z"],
      ]).length,
      1,
    );
  });
  await test("an answer for another comparison changes nothing", () => {
    const opened = reduceCompare(COMPARE_NONE, { type: "compare/opened", key: "b" });
    isTrue(
      reduceCompare(opened, { type: "compare/loaded", key: "a", left: 1, right: 2 }) === opened,
    );
    equal(
      reduceCompare(opened, { type: "compare/loaded", key: "b", left: 1, right: 2 }).phase,
      "ready",
    );
    const query = { leftAt: "4", rightAt: "x", by: "time", only: "differences", sel: "3-" };
    equal(searchOf(readCompare(query)), "?leftAt=4&by=time&only=differences&sel=3-");
  });
}
