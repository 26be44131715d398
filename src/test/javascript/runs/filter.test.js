// SPDX-License-Identifier: Apache-2.0
import { chipsOf, matchesFilter, readFilter, requestOf } from "/console/runs/filter.js";
import { readViews, sameView, viewPath } from "/console/runs/saved-views.js";
import { equal, isTrue, NINE, record, test } from "../harness.js";

await test("an address becomes a filter, and what is not understood is left out", () => {
  equal(readFilter({ status: "failed", within: "24h", search: " a b ", includeSandbox: "true" }), {
    status: "failed",
    search: "a b",
    includeSandbox: "true",
    within: "24h",
  });
  equal(readFilter({ status: "odd", within: "1y", includeArchived: "yes", x: "y" }), {});
});

await test("a span of time ends now", () => {
  equal(requestOf({ within: "1h", status: "failed" }, NINE), {
    status: "failed",
    createdAfter: "2026-03-02T08:00:00.000Z",
  });
});

await test("every part of a filter has a chip that takes it away", () => {
  const chips = chipsOf({ status: "binding_session", tags: "a,b" });
  equal(
    chips.map((chip) => chip.label),
    ["Status: Binding session", "Tagged a and b"],
  );
  equal(chips[0].rest, { tags: "a,b" });
});

await test("changes of runs are matched as the server matches them", () => {
  const one = record({
    tags: ["nightly"],
    metadata: {
      environment: "staging",
      scenarioRef: "Credit-Review@2",
      executionRequest: { session: { modeName: "macp.mode.decision.v1", policyVersion: "p.q" } },
    },
  });
  const matches = (filter) => matchesFilter(one, filter, NINE + 1_000);
  isTrue(matches({}), "no filter");
  isTrue(matches({ search: "DECISION" }) && matches({ search: "p.q" }), "mode and policy");
  isTrue(matches({ search: one.id.slice(2, 9) }), "a part of the id");
  isTrue(matches({ scenarioRef: "credit-review" }), "the scenario in any letter case");
  isTrue(matches({ tags: "nightly" }) && !matches({ tags: "nightly,other" }), "all tags");
  isTrue(!matches({ status: "failed" }), "another status");
  isTrue(
    matches({ within: "1h" }) && !matchesFilter(one, { within: "1h" }, NINE + 7_200_000),
    "a span",
  );
  isTrue(!matchesFilter(record({ mode: "sandbox" }), {}, NINE), "sandbox runs are left out");
  isTrue(
    matchesFilter(record({ mode: "sandbox" }), { includeSandbox: "true" }, NINE),
    "or asked for",
  );
});

await test("views are names for addresses", () => {
  equal(viewPath({ status: "failed", within: "24h" }), "/runs?status=failed&within=24h");
  isTrue(sameView({ a: "1", b: "2" }, { b: "2", a: "1" }), "in any order");
  equal(readViews('[{"name":"x","query":{}},{"name":1},null,"odd"]'), [{ name: "x", query: {} }]);
  equal(readViews("not json"), [], "whatever was stored");
});
