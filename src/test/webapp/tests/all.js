// SPDX-License-Identifier: Apache-2.0
import { report } from "./check.js";

const violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(event.violatedDirective),
);
window.cspViolations = violations;

for (const name of [
  "sse",
  "format",
  "router",
  "runs-state",
  "run-state",
  "decision",
  "outcome",
  "story",
  "log-window",
  "log-reader",
  "run-page",
  "pictures",
  "compare",
  "live",
  "hub",
  "demo",
  "description",
  "untrusted",
]) {
  const { run } = await import("./" + name + ".test.js");
  await run();
}
for (const path of await (await fetch("/javascript/")).json()) await import("/javascript/" + path);
report();
