// SPDX-License-Identifier: Apache-2.0
import { likeRun, startOf } from "/console/launch/presets.js";
import {
  fieldsOf,
  missingOf,
  readText,
  textOf,
  valueAt,
  withValue,
} from "/console/launch/schema-fields.js";
import { SCHEMAS } from "/console/launch/schema.js";
import { equal, isTrue, record, test } from "../harness.js";

const FIELDS = fieldsOf(SCHEMAS, "RunDescriptor");
const field = (path) => FIELDS.find((one) => one.path === path);

await test("the schema becomes fields of the right kind", () => {
  equal(
    [
      "mode",
      "runtime.kind",
      "session.ttlMs",
      "session.participants",
      "session.metadata",
      "execution.tags",
    ].map((path) => [field(path).kind, field(path).required]),
    [
      ["choice", true],
      ["text", true],
      ["number", true],
      ["ids", true],
      ["json", false],
      ["lines", false],
    ],
  );
  equal(
    field("execution.requester.actorType").choices,
    ["user", "service", "system"],
    "groups in groups",
  );
  isTrue(
    !field("execution.requester.actorId").required,
    "what is needed in a group that is not needed is not",
  );
});

await test("texts and values go both ways", () => {
  const there = (path, text) => readText(field(path), text);
  equal(there("session.participants", " agent://a\nagent://b, agent://c "), [
    { id: "agent://a" },
    { id: "agent://b" },
    { id: "agent://c" },
  ]);
  equal(there("execution.tags", "x\n\ny"), ["x", "y"]);
  equal([there("session.ttlMs", "300000"), there("session.ttlMs", " ")], [300_000, undefined]);
  equal(textOf(field("session.participants"), [{ id: "a" }, { id: "b" }]), "a\nb");
  equal(textOf(field("session.metadata"), undefined), "");
});

await test("a wrong text is refused with a sentence", () => {
  const complaint = (path, text) => {
    try {
      readText(field(path), text);
      return "";
    } catch (error) {
      return error.message;
    }
  };
  equal(complaint("session.ttlMs", "soon"), "A whole number, please.");
  equal(complaint("session.metadata", "[1]"), "A JSON object, please: { … }.");
  isTrue(complaint("session.metadata", "{").startsWith("This is no JSON"), "no JSON");
});

await test("values are put at their place, and empty groups go", () => {
  const value = withValue({ a: { b: 1 } }, "c.d.e", 2);
  equal(value, { a: { b: 1 }, c: { d: { e: 2 } } });
  equal(withValue(value, "c.d.e", undefined), { a: { b: 1 } });
  equal(valueAt(value, "c.d.e"), 2);
});

await test("what is needed and missing is named", () => {
  equal(missingOf(FIELDS, startOf()), ["session.participants"]);
  equal(missingOf(FIELDS, withValue(startOf(), "session.participants", [{ id: "a" }])), []);
});

await test("launching like a run leaves out what belongs to that one", () => {
  const executionRequest = {
    mode: "live",
    runtime: { kind: "rust" },
    session: { sessionId: "s", modeName: "m", ttlMs: 1 },
    execution: { idempotencyKey: "k" },
  };
  equal(likeRun(record({ metadata: { executionRequest } })), {
    mode: "live",
    runtime: { kind: "rust" },
    session: { modeName: "m", ttlMs: 1 },
  });
  equal(likeRun(record()), null, "a discovered run was not launched by anybody");
});
