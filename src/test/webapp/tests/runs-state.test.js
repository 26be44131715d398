// SPDX-License-Identifier: Apache-2.0
import { reduceRuns, RUNS_NONE } from "/console/runs/runs-state.js";
import { recordOutcome } from "/console/runs/record.js";
import { equal, isTrue, test } from "./check.js";
import { record } from "./sample.js";

const at = (minute) => "2026-03-02T09:" + String(minute).padStart(2, "0") + ":00.000Z";
const made = (id, minute, more = {}) =>
  record({ id, createdAt: at(minute), updatedAt: at(minute), ...more });
const page = (data, total) => ({
  type: "runs/loaded",
  page: { data, total, limit: 50, offset: 0 },
});
const changed = (...records) => ({ type: "runs/changed", records });
const ids = (runs) => runs.items.map((run) => run.id);

export async function run() {
  await test("the list is ordered by creation, newest first", () => {
    const runs = reduceRuns(RUNS_NONE, page([made("a", 1), made("c", 3), made("b", 2)], 3));
    equal(ids(runs), ["c", "b", "a"]);
    equal([runs.phase, runs.total, runs.reached], ["ready", 3, true], "ready and complete");
  });
  await test("a changed record replaces the known one", () => {
    const before = reduceRuns(RUNS_NONE, page([made("a", 1), made("b", 2)], 2));
    const after = reduceRuns(
      before,
      changed(made("a", 1, { status: "completed", lastEventSeq: 9 })),
    );
    equal(
      after.items.map((run) => run.status),
      ["running", "completed"],
    );
    equal(after.total, 2, "the total stays");
  });
  await test("answers that cross do not take the list back", () => {
    const before = reduceRuns(
      RUNS_NONE,
      page([made("a", 1, { lastEventSeq: 9, status: "completed" })], 1),
    );
    equal(
      reduceRuns(before, page([made("a", 1, { lastEventSeq: 4 })], 1)).items[0].status,
      "completed",
    );
  });
  await test("a new run appears once and is counted once", () => {
    const before = reduceRuns(RUNS_NONE, page([made("a", 1)], 1));
    const after = reduceRuns(before, changed(made("b", 2), made("b", 2, { lastEventSeq: 2 })));
    equal([ids(after), after.total], [["b", "a"], 2]);
  });
  await test("a run below the loaded page is left for paging", () => {
    const before = reduceRuns(RUNS_NONE, {
      type: "runs/loaded",
      page: { data: [made("b", 5)], total: 2, limit: 1, offset: 0 },
    });
    equal(ids(reduceRuns(before, changed(made("old", 1)))), ["b"]);
  });
  await test("sandbox and archived runs are left out", () => {
    const before = reduceRuns(RUNS_NONE, page([made("a", 1), made("b", 2)], 2));
    const after = reduceRuns(
      before,
      changed(
        made("s", 3, { mode: "sandbox" }),
        made("a", 1, { archivedAt: at(4), lastEventSeq: 5 }),
      ),
    );
    equal([ids(after), after.total], [["b"], 1]);
  });
  await test("a failed refresh keeps the list", () => {
    const before = reduceRuns(RUNS_NONE, page([made("a", 1)], 1));
    const after = reduceRuns(before, { type: "runs/failed", error: { message: "no" } });
    equal([after.phase, ids(after), after.error.message], ["ready", ["a"], "no"]);
    equal(
      reduceRuns(RUNS_NONE, { type: "runs/failed", error: {} }).phase,
      "error",
      "a failed first load shows it",
    );
  });
  await test("actions of others return the same object", () => {
    isTrue(reduceRuns(RUNS_NONE, { type: "run/opened", id: "x" }) === RUNS_NONE, "unknown action");
    const frames = { type: "live/frames", channel: "run", at: 1 };
    isTrue(reduceRuns(RUNS_NONE, frames) === RUNS_NONE, "frames of another channel");
  });
  await test("a record tells its outcome in a word", () => {
    const word = (more) => recordOutcome(record(more))?.word ?? null;
    equal(
      word({ status: "completed", metadata: { finalAction: "decision.approved" } }),
      "Approved",
      "approved",
    );
    equal(
      word({ status: "completed", metadata: { finalAction: "quorum.rejected" } }),
      "Declined",
      "declined",
    );
    equal(
      word({ status: "completed", metadata: { finalAction: "deploy_west" } }),
      "Committed",
      "neither",
    );
    equal(word({ status: "completed" }), "Resolved", "no action known");
    equal(word({ status: "failed", errorCode: "SESSION_EXPIRED" }), "Expired", "expired");
    equal(
      word({ status: "failed", errorCode: "STREAM_EXHAUSTED" }),
      "Stream exhausted",
      "another failure",
    );
    equal(word({ status: "running" }), null, "not known yet");
  });
}
