// SPDX-License-Identifier: Apache-2.0
import { parseRoute, runPath, withSearch } from "/console/router.js";
import { equal, test } from "./check.js";

export async function run() {
  await test("paths become routes", () => {
    equal(parseRoute("/").name, "attention", "the start");
    equal(parseRoute("/runs/").name, "runs", "a slash at the end");
    equal(parseRoute("/runs/abc"), { name: "run", params: { id: "abc" }, query: {} }, "a run");
    equal(
      parseRoute("/runs/abc", "?at=7&tab=graph").query,
      { at: "7", tab: "graph" },
      "its moment",
    );
    equal(parseRoute("/runs/a/compare/b").params, { id: "a", other: "b" }, "two runs side by side");
    equal(
      parseRoute("/runs", "?status=failed&within=24h").query,
      { status: "failed", within: "24h" },
      "a filter",
    );
    equal(parseRoute("/policies/policy.a%2Fb").params.id, "policy.a/b", "an id with a slash");
    equal(parseRoute("/ops").name, "operate", "operations");
    equal(parseRoute("/runs/live/a%20b").redirect, "/runs/a%20b", "the older path of a run");
    equal(parseRoute("/command-center").redirect, "/", "the older path of the start");
    equal(parseRoute("/nothing/here").name, "missing", "anything else");
    equal(parseRoute("/runs/%E0%A4%A").params.id, "%E0%A4%A", "a broken escape does not throw");
    equal(withSearch("/runs", { a: "x y", b: "", c: undefined }), "/runs?a=x+y", "empty fields go");
    equal(runPath("a/b"), "/runs/a%2Fb", "an id cannot leave its place");
  });
}
