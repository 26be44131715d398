// SPDX-License-Identifier: Apache-2.0

/** Events that a story is told by. Everything else is counted, and shown in the tab Events. */
export const STORY_TYPES = [
  "run.created",
  "run.started",
  "run.completed",
  "run.failed",
  "run.cancelled",
  "run.suspended",
  "run.resumed",
  "session.bound",
  "message.send_failed",
  "proposal.created",
  "proposal.updated",
  "decision.finalized",
  "policy.resolved",
  "policy.commitment.evaluated",
  "policy.denied",
];

/** What the scrubber marks: where the course of a run turns. */
export const TURNING_TYPES = STORY_TYPES.filter(
  (type) => !["proposal.updated", "policy.resolved", "run.started"].includes(type),
);

/** Groups of types for the filter of the log. */
export const KINDS = [
  { id: "key", word: "Key events", types: STORY_TYPES },
  {
    id: "positions",
    word: "Proposals and positions",
    types: ["proposal.created", "proposal.updated", "decision.finalized"],
  },
  {
    id: "messages",
    word: "Messages",
    types: ["message.received", "message.sent", "message.send_failed"],
  },
  { id: "signals", word: "Signals", types: ["signal.emitted", "signal.acknowledged"] },
  { id: "progress", word: "Progress", types: ["progress.reported"] },
  {
    id: "calls",
    word: "Model and tool calls",
    types: ["llm.call.completed", "tool.called", "tool.completed"],
  },
  {
    id: "policy",
    word: "Policy",
    types: ["policy.resolved", "policy.commitment.evaluated", "policy.denied"],
  },
  {
    id: "session",
    word: "Run and session",
    types: [
      ...STORY_TYPES.filter((type) => type.startsWith("run.") || type.startsWith("session.")),
      "session.stream.opened",
      "session.state.changed",
      "participant.seen",
      "artifact.created",
    ],
  },
];

/** The types of some groups, as `a,b` in the address; null for all. */
export function typesOf(kinds) {
  const ids = kinds.split(",");
  const types = KINDS.filter((kind) => ids.includes(kind.id)).flatMap((kind) => kind.types);
  return types.length ? [...new Set(types)] : null;
}

const isStory = new Set(STORY_TYPES);
const isTurning = new Set(TURNING_TYPES);

export function tellsStory(event) {
  return isStory.has(event.type);
}

export function turns(event) {
  return isTurning.has(event.type);
}
