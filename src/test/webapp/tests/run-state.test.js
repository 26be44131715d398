// SPDX-License-Identifier: Apache-2.0
import { behind, KEPT_EVENTS, reduceRun, RUN_NONE, statusOf } from "/console/run/run-state.js";
import { mergeEvents, toEvent } from "/console/run/events.js";
import { createStore, oncePerFrame } from "/console/store.js";
import { equal, isTrue, test } from "./check.js";
import { chance, message, projection, record, row, RUN_ID } from "./sample.js";

const id = RUN_ID;
const frames = (events, snapshot = null) => ({
  type: "live/frames",
  channel: "run",
  id,
  at: 5,
  events,
  snapshot,
});
const fold = (actions, from = RUN_NONE) => actions.reduce(reduceRun, from);
const opened = (seq = 0) =>
  fold([
    { type: "run/opened", id },
    { type: "run/loaded", id, record: record(), state: projection(seq) },
  ]);
const seqs = (run) => run.recent.map((event) => event.seq);

export async function run() {
  await test("events are appended in order, each once", () => {
    const run = fold(
      [frames([row(1, "a"), row(3, "b")]), frames([row(3, "b"), row(6, "c"), row(4, "d")])],
      opened(),
    );
    equal(seqs(run), [1, 3, 4, 6]);
    equal(run.lastSeq, 6, "the position is the highest sequence");
    const again = reduceRun(run, frames([row(5, "before the position"), row(6, "c")]));
    isTrue(again.recent === run.recent, "what is known already changes nothing");
  });
  await test("any batching of the log gives the same page", () => {
    const random = chance(20_260_302);
    const log = Array.from({ length: 60 }, (_, at) => row(at * 2 + 1, "message.received"));
    const whole = JSON.stringify(fold([frames(log)], opened()));
    const alike = Array.from({ length: 40 }, () => {
      const batches = [];
      for (let from = 0; from < log.length;) {
        const to = from + 1 + Math.floor(random() * 9);
        batches.push(frames(log.slice(Math.max(0, from - 2), to)));
        from = to;
      }
      return JSON.stringify(fold(batches, opened())) === whole;
    });
    isTrue(alike.every(Boolean), "40 splits with repeated events, seed 20260302");
  });
  await test("a snapshot never takes the page back", () => {
    const run = fold([frames([], projection(9, "completed")), frames([], projection(4))], opened());
    equal(run.projection.timeline.latestSeq, 9);
  });
  await test("the page tells how far it is behind the read model", () => {
    const late = fold([frames([row(4, "a")], projection(9))], opened());
    equal(behind(late), 5, "events are missing");
    equal(
      behind(reduceRun(late, { type: "run/verified", id, seq: 9 })),
      0,
      "none are, says the server",
    );
  });
  await test("actions for another run change nothing", () => {
    const run = opened();
    isTrue(
      reduceRun(run, { ...frames([row(1, "a")]), id: "other" }) === run,
      "frames that come too late",
    );
    isTrue(reduceRun(RUN_NONE, { type: "run/record", id: null }) === RUN_NONE, "no run is open");
  });
  await test("an unknown run is missing, a failing server is an error", () => {
    const phase = (status) =>
      reduceRun(opened(), { type: "run/failed", id, error: { status } }).phase;
    equal([phase(404), phase(400), phase(503), phase(0)], ["missing", "missing", "error", "error"]);
  });
  await test("the record's end wins over an older read model", () => {
    const run = reduceRun(opened(3), {
      type: "run/record",
      id,
      record: record({ status: "failed" }),
    });
    equal(statusOf(run), "failed", "terminal record");
    equal(statusOf(opened(3)), "running", "otherwise the read model");
    equal(statusOf(reduceRun(RUN_NONE, { type: "run/opened", id })), "queued", "nothing known yet");
  });
  await test("a long log keeps its newest events, and everything that tells the story", () => {
    const log = [message(1, "a", "Proposal", { proposalId: "p1" })];
    for (let seq = 2; seq <= KEPT_EVENTS + 50; seq++) log.push(row(seq, "message.received"));
    const run = fold([frames(log)], opened());
    equal([run.recent.length, run.lastSeq], [KEPT_EVENTS, KEPT_EVENTS + 50], "bounded");
    equal(
      [run.story.events.map((event) => event.seq), run.story.total],
      [[1], 1],
      "the proposal is kept",
    );
  });
  await test("the page begins at the position of its read model", () => {
    const run = opened(12);
    equal([run.lastSeq, run.seenSeq], [12, 12]);
  });
  await test("what was at another moment stays until the answer is there", () => {
    const past = (seq, phase, state) => ({ type: "run/past", id, seq, phase, projection: state });
    const there = fold([past(4, "ready", projection(4))], opened(9));
    equal(statusOf(there), "running");
    const onTheWay = reduceRun(there, past(5, "loading"));
    equal([onTheWay.past.seq, onTheWay.past.projection.timeline.latestSeq], [5, 4]);
    equal(
      reduceRun(onTheWay, past(null, "ready")).past.projection,
      null,
      "the latest is the present",
    );
  });
  await test("a finished run is read as it was before it ended", () => {
    const ended = fold(
      [
        { type: "run/record", id, record: record({ status: "completed" }) },
        { type: "run/past", id, seq: 3, phase: "ready", projection: projection(3, "suspended") },
      ],
      opened(9),
    );
    equal(statusOf(ended), "suspended");
  });
  await test("a finished run is read from its beginning, a live one at its end", () => {
    const loaded = (status) =>
      fold([
        { type: "run/opened", id },
        { type: "run/loaded", id, record: record({ status }), state: projection(1) },
      ]);
    equal([loaded("completed").following, loaded("running").following], [false, true]);
  });
  await test("the end is told with its sequence", () => {
    const run = reduceRun(opened(), { type: "run/ended", id, seq: 12 });
    equal([run.endSeq, run.connection.phase], [12, "ended"]);
  });
  await test("flat rows and nested events read alike", () => {
    const nested = toEvent(row(1, "x", { a: 1 }, "p1"));
    const flat = toEvent({
      seq: 1,
      ts: row(1, "x").ts,
      type: "x",
      subjectKind: "x",
      subjectId: "p1",
      data: { a: 1 },
    });
    equal(flat, nested);
    equal(
      toEvent({ seq: 1, ts: null, type: 7, data: null }).type,
      "unknown",
      "a row that is not as agreed",
    );
    isTrue(mergeEvents([nested], []).length === 1, "merging nothing");
  });
  await test("the store tells listeners only of changes", () => {
    let told = 0;
    const store = createStore((state, action) => (action.type === "up" ? state + 1 : state), 0);
    const forget = store.subscribe(() => told++);
    ["up", "same", "up"].forEach((type) => store.dispatch({ type }));
    forget();
    store.dispatch({ type: "up" });
    equal([told, store.state], [2, 3]);
  });
  await test("rendering happens once per frame", () => {
    const asked = [];
    let done = 0;
    const render = oncePerFrame(
      () => done++,
      (work) => asked.push(work),
    );
    render();
    render();
    asked.forEach((work) => work());
    render();
    equal([asked.length, done], [2, 1]);
  });
}
