// SPDX-License-Identifier: Apache-2.0
import { createParts } from "/console/run/parts.js";
import { actionsFor, curlOf, failureOf } from "/console/run/actions.js";
import { readAddress, search } from "/console/run/address.js";
import { change, dollars } from "/console/run/amounts.js";
import { typesOf } from "/console/run/kinds.js";
import { clusterMarks, nextMark, waitBetween } from "/console/run/scrub.js";
import { equal, isTrue, test } from "./check.js";
import { record, RUN_ID } from "./sample.js";

const idsThat = (test, one) =>
  actionsFor(one)
    .filter(test)
    .map((action) => action.id);

async function waitFor(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export async function run() {
  await test("an address says everything that is looked at", () => {
    const query = { tab: "timeline", at: "31", sel: "22", range: "10-90" };
    const address = readAddress(query);
    equal([address.tab, address.at, address.sel, address.range], ["timeline", 31, 22, [10, 90]]);
    equal(search(address), "?tab=timeline&at=31&sel=22&range=10-90", "and is made of it again");
    equal(search(address, { tab: "story", at: null }), "?sel=22", "what is usual is left out");
    equal(search(readAddress({})), "?", "of the usual nothing is left");
  });
  await test("an address that makes no sense is the usual one", () => {
    const odd = readAddress({ tab: "__proto__", at: "-1", sel: "1e3", range: "9-1", view: "x" });
    equal(
      [odd.tab, odd.at, odd.sel, odd.range, odd.view],
      ["story", null, null, null, "aggregated"],
    );
    equal(readAddress({ events: "all" }).tab, "events", "the older filter leads to its tab");
  });
  await test("only what can be done is offered, and the rest says why not", () => {
    const running = record({ metadata: { executionRequest: {} } });
    equal(
      idsThat((one) => one.why === "", running),
      ["cancel", "suspend", "clone", "export", "archive", "rebuild"],
    );
    const ended = record({ status: "completed", archivedAt: "2026-03-02T09:00:00.000Z" });
    equal(
      idsThat((one) => one.why === "", ended),
      ["export", "rebuild"],
    );
    equal(
      idsThat((one) => one.destroys, running),
      ["cancel", "archive"],
      "what destroys asks before",
    );
  });
  await test("every action can be taken to a shell, without the key", () => {
    const [cancel] = actionsFor(record());
    equal(
      curlOf(cancel, "http://h:1", true),
      'curl -sS -X POST -H "Authorization: Bearer $MACP_API_KEY" -H \'Content-Type: application/json\' -d \'{"reason":""}\' \'http://h:1/runs/' +
        RUN_ID +
        "/cancel'",
    );
    equal(
      curlOf({ method: "GET", path: "/a'b" }, "", false),
      "curl -sS '/a'\\''b'",
      "quotes stay quotes",
    );
  });
  await test("a failure is a sentence with the next step", () => {
    const [cancel] = actionsFor(record());
    equal(
      failureOf(cancel, { status: 503, message: "database unavailable" }),
      "Cancel did not work: database unavailable. Part of the server is not ready; Operations shows which. Try again in a moment.",
    );
    isTrue(
      failureOf(cancel, { status: 0, message: "The server cannot be reached." }).includes(
        "Look whether",
      ),
      "also without an answer",
    );
  });
  await test("the scrubber jumps from mark to mark", () => {
    const marks = [{ seq: 3 }, { seq: 9 }, { seq: 40 }];
    equal([nextMark(marks, 9, 1).seq, nextMark(marks, 9, -1).seq], [40, 3]);
    equal(
      [nextMark(marks, 40, 1), nextMark(marks, 3, -1)],
      [null, null],
      "and not beyond the last",
    );
  });
  await test("playing keeps the pace, but waits through no quiet hour", () => {
    equal(waitBetween({ at: 0 }, { at: 800 }, 1), 800);
    equal(waitBetween({ at: 0 }, { at: 800 }, 4), 200);
    equal(waitBetween({ at: 0 }, { at: 3_600_000 }, 1), 2_500);
    equal(waitBetween({ at: 5 }, { at: 0 }, 1), 60, "times that go back do not stop it");
  });
  await test("marks that would cover each other are one", () => {
    const mark = (seq, type) => ({ seq, type });
    const clusters = clusterMarks(
      [mark(10, "proposal.created"), mark(11, "decision.finalized"), mark(90, "run.failed")],
      100,
      100,
    );
    equal(
      clusters.map((one) => [one.mark.type, one.count]),
      [
        ["decision.finalized", 2],
        ["run.failed", 1],
      ],
    );
  });
  await test("groups of events become types", () => {
    equal(typesOf(""), null, "no group is all of them");
    equal(typesOf("signals,progress"), [
      "signal.emitted",
      "signal.acknowledged",
      "progress.reported",
    ]);
    equal(typesOf("nothing"), null, "an unknown one, too");
  });
  await test("amounts and changes are short", () => {
    equal(
      [dollars(0), dollars(0.01234), dollars(12.5), dollars(NaN)],
      ["$0", "$0.0123", "$12.50", "–"],
    );
    equal(
      [change(100, 112), change(100, 91), change(0, 5), change(1_000, 1_001)],
      ["+12 %", "−9 %", "", ""],
    );
  });
  await test("what changes all the time is asked for once in a while, and in the end is current", async () => {
    const run = { parts: { lanes: { body: "old" } } };
    const dispatch = ({ name, part }) => (run.parts[name] = part);
    const parts = createParts({ run: () => run, dispatch, guard: () => {} });
    let asked = 0;
    const load = async () => "answer " + ++asked;
    for (let version = 1; version <= 20; version++) {
      parts.need("lanes", String(version), load, 150);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await waitFor(() => run.parts.lanes.key === "20" && run.parts.lanes.phase === "ready");
    isTrue(asked >= 1 && asked < 20, "not for every change, was " + asked);
    parts.close();
  });
}
