// SPDX-License-Identifier: Apache-2.0
import { CODES, GLOSSARY } from "/console/help/facts.js";
import { reduceForms, reduceResources, resourceOf } from "/console/resources.js";
import { barsOf } from "/console/ui/bar-chart.js";
import { curlOfPost } from "/console/ui/copy.js";
import { bytesWords, clock, costWords, dayAndClock, setZone } from "/console/ui/format.js";
import { causeOf, problemLine, problemOf, PROBLEMS } from "/console/ui/problems.js";
import { metric, parseMetrics } from "/console/ui/prometheus.js";
import { equal, isTrue, NINE, record, test } from "../harness.js";

await test("every time is told in the chosen zone", () => {
  setZone("utc");
  equal([clock(NINE), dayAndClock(NINE)], ["09:00:00", "2 Mar 2026, 09:00:00 UTC"]);
  setZone("local");
  isTrue(!dayAndClock(NINE).endsWith("UTC"), "and says so only there");
});

await test("sizes and costs have as many digits as tell something", () => {
  equal([0, 1_023, 1_536, 5_242_880, 4e12].map(bytesWords), [
    "0 B",
    "1,023 B",
    "1.5 KB",
    "5.0 MB",
    "3.6 TB",
  ]);
  equal([0, 0.0117, 12.5].map(costWords), ["$0.00", "$0.0117", "$12.50"]);
  equal([bytesWords(Number.NaN), costWords(undefined)], ["–", "–"], "nothing is invented");
});

await test("every problem code has a sentence and a next step", () => {
  for (const [code] of CODES) isTrue((PROBLEMS[code] ?? []).length === 2, code);
  isTrue(Object.keys(GLOSSARY).length > 60, "the words of the glossary are there");
});

await test("a failed call is a sentence with the next step", () => {
  const refused = problemOf({ status: 403, code: "FORBIDDEN", message: "needs the scope admin" });
  equal(refused.detail, "needs the scope admin");
  isTrue(refused.next.length > 0, "and a step");
  equal(
    problemOf({ status: 0, code: null, message: "x" }).sentence,
    "The server cannot be reached.",
  );
  equal(
    problemOf({ status: 502, code: "NEW_CODE", message: "x" }).sentence,
    PROBLEMS.INTERNAL_ERROR[0],
  );
  equal(
    problemLine({ status: 409, code: "CONFLICT", message: "in use" }),
    "Something else stands in the way. in use",
  );
});

await test("the cause of a failure is one sentence", () => {
  equal(
    causeOf(record({ errorCode: "SESSION_EXPIRED", errorMessage: "x" })),
    "Nobody committed before the deadline.",
  );
  equal(causeOf(record({ errorCode: "RUN_FAILED", errorMessage: "boom" })), "Failed: boom");
  equal(causeOf(record({})), "The run failed.", "nothing more is known");
});

await test("metrics are read with their labels", () => {
  const samples = parseMetrics(
    '# HELP a b\na_total{t="x,y",u="q\\"z",} 2.0\na_total{t="o",} 3\nb 1.5E2\nodd line\n',
  );
  equal(samples.length, 3);
  equal(
    [metric(samples, "a_total"), metric(samples, "a_total", { t: "o" }), metric(samples, "b")],
    [5, 3, 150],
  );
  equal(metric(samples, "c"), null, "what is not told is not zero");
});

await test("bars fill the box and the greatest its height", () => {
  equal(
    barsOf([0, 5, 10], 30, 100).map(({ x, y, height }) => [x, y, height]),
    [
      [0, 100, 0],
      [10, 50, 50],
      [20, 0, 100],
    ],
  );
  equal(
    barsOf([0, 0], 10, 10).map((bar) => bar.height),
    [0, 0],
    "nothing at all",
  );
});

await test("a resource keeps what came last while it is asked for again", () => {
  const states = [
    { type: "resource/loading", name: "a" },
    { type: "resource/loaded", name: "a", data: [1], at: 5 },
    { type: "resource/loading", name: "a" },
    { type: "resource/failed", name: "a", error: { message: "no" } },
  ].reduce((all, action) => [...all, reduceResources(all.at(-1), action)], [{}]);
  equal(
    states.map((one) => resourceOf({ resources: one }, "a").phase),
    ["idle", "loading", "ready", "ready", "ready"],
  );
  equal(resourceOf({ resources: states.at(-1) }, "a").data, [1]);
  const forms = reduceForms({}, { type: "form/set", name: "f", patch: { x: 1 } });
  equal(reduceForms(forms, { type: "form/forgotten", name: "f" }), {}, "forms are forgotten");
  isTrue(
    reduceForms(forms, { type: "other" }) === forms,
    "actions of others return the same object",
  );
});

await test("a command quotes what is sent and never holds the key", () => {
  equal(
    curlOfPost("http://h", "/runs", { a: "it's" }, true),
    "curl -sS -X POST -H \"Authorization: Bearer $MACP_API_KEY\" -H 'Content-Type: application/json'" +
      " -d '{\"a\":\"it'\\''s\"}' 'http://h/runs'",
  );
});
