// SPDX-License-Identifier: Apache-2.0
import { DEMO_UNKNOWN } from "/console/demo/demo-state.js";
import { demoCards } from "/console/demo/demo-view.js";
import { scenarioGroups } from "/console/demo/scenario-groups.js";
import { render } from "/console/vendor/html.js";
import { equal, test } from "./check.js";

const offer = (id, modeName) => ({
  id,
  title: "Title of " + id,
  description: "Text of " + id,
  modeName,
  participants: ["agent://ann", "agent://bob"],
  durationMs: 12_300,
});
const OFFERS = [
  offer("a", "macp.mode.decision.v1"),
  offer("b", "macp.mode.task.v1"),
  offer("c", "macp.mode.decision.v1"),
  offer("d", "ext.multi_round.v1"),
  offer("e", "ext.notes.v1"),
];

export async function run() {
  await test("scenarios are grouped by mode in the order of the server", () => {
    const groups = scenarioGroups(OFFERS).map(({ title, scenarios }) => [
      title,
      ...scenarios.map((scenario) => scenario.id),
    ]);
    equal(groups, [
      ["Decision", "a", "c"],
      ["Task", "b"],
      ["Multi-round", "d"],
      ["ext.notes.v1", "e"],
    ]);
    equal(scenarioGroups([]), [], "no scenarios, no groups");
  });
  await test("every scenario can be started by its name", () => {
    const stage = document.getElementById("stage");
    const started = [];
    const demo = { ...DEMO_UNKNOWN, phase: "available", scenarios: OFFERS };
    render(demoCards(demo, { startDemo: (id) => started.push(id) }), stage);
    for (const button of stage.querySelectorAll("button")) button.click();
    const names = [...stage.querySelectorAll("button")].map((one) => one.ariaLabel);
    const first = stage.querySelector(".scenario .hint").textContent;
    const headings = [...stage.querySelectorAll("h3")].map((one) => one.textContent);
    render("", stage);
    equal(started, ["a", "c", "b", "d", "e"], "in the order of the groups");
    equal(names[0], "Start Title of a", "for those who cannot see the card");
    equal(first, "ann, bob · about 12 s", "agents and length");
    equal(headings, ["Decision", "Task", "Multi-round", "ext.notes.v1"], "a heading for each mode");
  });
}
