// SPDX-License-Identifier: Apache-2.0
import { asText, modeName } from "../ui/format.js";

/** What happens in a mode, in words for somebody who sees it for the first time. */
const MODES = new Map([
  ["macp.mode.decision.v1", ["Decision", "Options are put forward, weighed and voted on."]],
  ["macp.mode.proposal.v1", ["Proposal", "Offers and counter-offers until all accept one."]],
  ["macp.mode.task.v1", ["Task", "Work is delegated, done and reported on."]],
  ["macp.mode.handoff.v1", ["Handoff", "Work passes from one agent to another."]],
  ["macp.mode.quorum.v1", ["Quorum", "A request needs a number of approvals."]],
  ["ext.multi_round.v1", ["Multi-round", "Everybody revises until all say the same."]],
]);

/** The scenarios by mode, modes and scenarios in the order in which the server offers them. */
export function scenarioGroups(scenarios) {
  const groups = new Map();
  for (const scenario of scenarios) {
    const mode = asText(scenario.modeName);
    if (!groups.has(mode)) groups.set(mode, { mode, ...wordsFor(mode), scenarios: [] });
    groups.get(mode).scenarios.push(scenario);
  }
  return [...groups.values()];
}

function wordsFor(mode) {
  const [title, text] = MODES.get(mode) ?? [modeName(mode), "A mode that agents register."];
  return { title, text };
}
