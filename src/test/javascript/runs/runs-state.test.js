// SPDX-License-Identifier: Apache-2.0
import { previewOf, reduceRuns, RUNS_NONE } from "/console/runs/runs-state.js";
import { equal, NINE, iso, record, test } from "../harness.js";

const made = (id, minute, more = {}) =>
  record({
    id,
    createdAt: iso(NINE + minute * 60_000),
    updatedAt: iso(NINE + minute * 60_000),
    ...more,
  });
const opened = (filter, ...data) =>
  [
    { type: "runs/filter", filter },
    { type: "runs/loaded", page: { data, total: data.length, limit: 50, offset: 0 } },
  ].reduce(reduceRuns, RUNS_NONE);
const changed = (runs, records, hold = () => false) =>
  reduceRuns(runs, { type: "runs/changed", records, now: NINE, hold });
const ids = (runs) => runs.items.map((run) => run.id);

await test("a run that no longer matches the filter leaves the list", () => {
  const runs = opened({ status: "running" }, made("a", 1), made("b", 2));
  const after = changed(runs, [made("a", 1, { status: "completed", lastEventSeq: 9 })]);
  equal([ids(after), after.total], [["b"], 1]);
});

await test("a run that matches only now comes in", () => {
  const runs = opened({ status: "failed" }, made("a", 1, { status: "failed" }));
  const after = changed(runs, [made("b", 2, { status: "failed" }), made("c", 3)]);
  equal([ids(after), after.total], [["b", "a"], 2]);
});

await test("new runs wait while the reader is further down", () => {
  const runs = opened({}, made("a", 1));
  const held = changed(runs, [made("b", 2), made("a", 1, { lastEventSeq: 4 })], () => true);
  equal([ids(held), held.held.length, held.total], [["a"], 1, 2], "announced, not shown");
  equal(held.items[0].lastEventSeq, 4, "what is shown is renewed where it is");
  const shown = reduceRuns(held, { type: "runs/showHeld" });
  equal([ids(shown), shown.held], [["b", "a"], []], "shown when asked for");
});

await test("the order by last event moves a run that speaks", () => {
  const runs = opened({ sortBy: "updatedAt" }, made("a", 1), made("b", 2));
  const after = changed(runs, [made("a", 1, { updatedAt: iso(NINE + 300_000), lastEventSeq: 9 })]);
  equal(ids(after), ["a", "b"]);
});

await test("rows are selected, toggled and let go when they leave", () => {
  const runs = opened({}, made("a", 1), made("b", 2));
  const both = reduceRuns(runs, { type: "runs/select", ids: ["a", "b"], on: true });
  equal([...both.selected], ["a", "b"]);
  equal([...reduceRuns(both, { type: "runs/select", ids: ["a"] }).selected], ["b"], "toggled");
  const gone = reduceRuns(both, { type: "runs/removed", ids: ["b"] });
  equal([[...gone.selected], ids(gone), gone.total], [["a"], ["a"], 1], "removed");
});

await test("another filter begins anew", () => {
  const runs = reduceRuns(opened({}, made("a", 1)), { type: "runs/select", ids: ["a"], on: true });
  const after = reduceRuns(runs, { type: "runs/filter", filter: { status: "failed" } });
  equal([ids(after), after.selected.size, after.phase], [[], 0, "loading"]);
});

await test("a bulk action says what it touches and what it leaves", () => {
  const all = [made("on", 1), made("done", 2, { status: "completed", archivedAt: iso(NINE) })];
  const words = (action) => {
    const { touched, left } = previewOf(action, all);
    return [touched.map((run) => run.id), left.map((one) => one.run.id + " " + one.why)];
  };
  equal(words("cancel"), [["on"], ["done has ended already"]]);
  equal(words("archive"), [["on"], ["done is archived already"]]);
  equal(words("delete"), [["done"], ["on has not ended"]]);
  equal(words("export"), [["on", "done"], []]);
});
