// SPDX-License-Identifier: Apache-2.0
import { timeOf } from "../ui/format.js";

/** Types by which a decision is explained; the rest of a long log is read window by window. */
export const DECISIVE_TYPES = [
  "session.bound",
  "proposal.created",
  "proposal.updated",
  "decision.finalized",
  "policy.resolved",
  "policy.commitment.evaluated",
  "policy.denied",
  "run.completed",
  "run.failed",
  "run.cancelled",
];

export function isDecisive(event) {
  return DECISIVE_TYPES.includes(event.type);
}

/** One form for a flat row, a nested event, and the union of both. */
export function toEvent(row) {
  return {
    seq: row.seq,
    at: timeOf(row.ts) ?? 0,
    type: typeof row.type === "string" ? row.type : "unknown",
    subjectId: row.subject?.id ?? row.subjectId ?? "",
    rawType: row.source?.rawType ?? row.rawType ?? "",
    data: row.data ?? {},
  };
}

/** Ordered by sequence, each once. Appending is the common case and costs one copy. */
export function mergeEvents(known, added) {
  const last = known.at(-1)?.seq ?? 0;
  if (isAscendingAfter(last, added)) return added.length === 0 ? known : known.concat(added);
  const bySeq = new Map(known.map((event) => [event.seq, event]));
  for (const event of added) if (!bySeq.has(event.seq)) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function isAscendingAfter(last, events) {
  let previous = last;
  for (const event of events) {
    if (event.seq <= previous) return false;
    previous = event.seq;
  }
  return true;
}

export function senderOf(event) {
  return event.data.sender ?? event.data.participantId ?? "";
}

export function messageTypeOf(event) {
  return event.data.messageType ?? event.rawType ?? "";
}

/** The decoded content of an agent's message; undecodable JSON-like content is still an object. */
export function payloadOf(event) {
  const payload = event.data.decodedPayload ?? event.data.payload;
  return typeof payload === "object" && payload !== null ? payload : {};
}
