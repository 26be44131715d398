// SPDX-License-Identifier: Apache-2.0
import {
  ATTENTION_NONE,
  deadlineOf,
  groupsOf,
  patienceOf,
  reduceAttention,
  stuckReason,
  usualPauses,
} from "/console/attention/attention-state.js";
import { healthTiles } from "/console/attention/health-strip.js";
import { equal, iso, isTrue, MINUTE, NINE, record, test } from "../harness.js";

const MODE = { executionRequest: { session: { modeName: "m", ttlMs: 5 * MINUTE } } };
const loaded = (records, now) =>
  reduceAttention(ATTENTION_NONE, { type: "attention/loaded", records, totals: {}, now });
const names = (attention) =>
  Object.fromEntries(
    Object.entries(groupsOf(attention)).map(([name, rows]) => [
      name,
      rows.map((one) => one.record.id),
    ]),
  );

await test("each run is in the group of what it needs", () => {
  const attention = loaded(
    [
      record({ id: "run" }),
      record({ id: "suspended", status: "suspended" }),
      record({ id: "failed", status: "failed", endedAt: iso(NINE) }),
      record({ id: "done", status: "completed", endedAt: iso(NINE) }),
      record({ id: "cancelled", status: "cancelled", endedAt: iso(NINE) }),
    ],
    NINE + 1_000,
  );
  equal(names(attention), {
    waiting: ["suspended"],
    stuck: [],
    failed: ["failed"],
    stopping: [],
    running: ["run"],
  });
  equal(attention.urgent, 2, "what waits for somebody is counted");
});

await test("a failure is shown for a day", () => {
  const failed = [record({ status: "failed", endedAt: iso(NINE) })];
  equal(groupsOf(loaded(failed, NINE + 1_439 * MINUTE)).failed.length, 1, "just within");
  equal(groupsOf(loaded(failed, NINE + 1_440 * MINUTE)).failed.length, 0, "a day later");
});

await test("silence of a minute is patience, longer is stuck", () => {
  const attention = loaded([record({ id: "a" })], NINE + MINUTE);
  equal(names(attention).running, ["a"], "at one minute");
  const later = reduceAttention(attention, { type: "attention/tick", now: NINE + MINUTE + 1 });
  equal(names(later).stuck, ["a"], "after it");
  equal(later.urgent, 1, "and it is urgent");
});

await test("modes that are slow as a rule get more patience", () => {
  const ended = record({
    id: "e",
    status: "completed",
    metadata: { ...MODE, durationMs: 100 * MINUTE, eventCount: 10 },
  });
  const slow = record({ id: "s", metadata: MODE });
  equal(usualPauses([ended]).get("m"), 10 * MINUTE, "the usual pause");
  equal(patienceOf(slow, usualPauses([ended])), 200 * MINUTE, "twenty times as long");
  equal(names(loaded([ended, slow], NINE + 30 * MINUTE)).running, ["s"], "not stuck yet");
});

await test("a changed record renews what is shown and an older one does not", () => {
  const attention = loaded([record({ id: "a", lastEventSeq: 5 })], NINE);
  const change = (more) =>
    reduceAttention(attention, { type: "runs/changed", records: [record({ id: "a", ...more })] });
  equal(names(change({ lastEventSeq: 6, status: "suspended" })).waiting, ["a"], "newer");
  equal(names(change({ lastEventSeq: 4, status: "suspended" })).waiting, [], "older");
  equal(names(change({ lastEventSeq: 6, archivedAt: iso(NINE) })).running, [], "archived");
});

await test("a denied commitment waits until something follows it", () => {
  const denial = { runId: "a", seq: 7, type: "policy.denied", data: {} };
  const denied = (lastEventSeq) =>
    reduceAttention(loaded([record({ id: "a", lastEventSeq })], NINE), {
      type: "attention/denials",
      events: [denial],
    });
  equal(names(denied(7)).waiting, ["a"], "nothing came after it");
  equal(names(denied(12)).running, ["a"], "the agents went on");
});

await test("what this tab asked to be cancelled is stopping until the answer", () => {
  const asked = reduceAttention(loaded([record({ id: "a" })], NINE), {
    type: "attention/asked",
    ids: ["a"],
  });
  equal(names(asked).stopping, ["a"], "asked");
  const answered = reduceAttention(asked, { type: "attention/answered", ids: ["a"] });
  equal(names(answered).running, ["a"], "refused");
});

await test("the reason of a standstill is the nearest known cause", () => {
  const one = { record: record(), usual: 2_000 };
  const words = (ms) => ms / 1_000 + " s";
  isTrue(
    stuckReason(one, { runtime: { ok: false, detail: "gone" } }, words).includes("gone"),
    "the runtime",
  );
  isTrue(
    stuckReason(one, { circuitBreaker: "OPEN" }, words).includes("circuit breaker"),
    "the breaker",
  );
  isTrue(stuckReason(one, null, words).endsWith("every 2 s"), "agents that are silent");
  const waiting = { record: record({ status: "starting" }), usual: null };
  isTrue(stuckReason(waiting, {}, words).includes("No agent"), "nobody came");
});

await test("the deadline is the start and the time to live", () => {
  equal(deadlineOf(record({ metadata: MODE })), NINE + 5 * MINUTE);
  equal(deadlineOf(record()), null, "unknown without a time to live");
});

await test("ended runs are kept in bounds", () => {
  const many = Array.from({ length: 450 }, (_, at) =>
    record({ id: "r" + at, status: "completed", endedAt: iso(NINE + at) }),
  );
  const attention = loaded(many, NINE);
  equal(attention.records.size, 400);
  isTrue(attention.records.has("r449") && !attention.records.has("r0"), "the newest stay");
});

await test("health is told in words for every part", () => {
  const body = {
    ok: false,
    database: "ok",
    runtime: { ok: false, detail: "refused" },
    streamConsumer: "unhealthy",
    circuitBreaker: "HALF_OPEN",
  };
  const metrics = [
    { name: "active_runtime_streams", labels: {}, value: 2 },
    { name: "active_sse_connections", labels: {}, value: 1 },
  ];
  equal(
    healthTiles({ body, metrics }).map(({ word, detail }) => [word, detail]),
    [
      ["Does not answer", "refused"],
      ["Half open", "one call is tried"],
      ["Answers", ""],
      ["Not following", "2 from the runtime, 1 to readers"],
    ],
  );
});

await test("a page that is left forgets, so that no old number stands anywhere", () => {
  const attention = loaded([record({ status: "suspended" })], NINE);
  equal(reduceAttention(attention, { type: "attention/left" }).urgent, 0);
});
