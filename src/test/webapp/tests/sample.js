// SPDX-License-Identifier: Apache-2.0
// Small builders for events and records in the contract's form.

export const START = Date.parse("2026-03-02T09:00:00.000Z");
export const RUN_ID = "0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11";

export function row(seq, type, data = {}, subjectId = "s") {
  const ts = new Date(START + seq * 1_000).toISOString();
  return {
    id: "e" + seq,
    runId: RUN_ID,
    seq,
    ts,
    type,
    subject: { kind: "x", id: subjectId },
    data,
  };
}

export function message(seq, sender, messageType, decodedPayload) {
  const types = { Proposal: "proposal.created", Commitment: "decision.finalized" };
  const type = types[messageType] ?? "proposal.updated";
  return row(seq, type, { sender, messageType, messageId: "m" + seq, decodedPayload }, "p1");
}

export function projection(latestSeq, status = "running", more = {}) {
  return {
    run: { runId: RUN_ID, status },
    participants: [],
    decision: {},
    timeline: { latestSeq },
    policy: { policyVersion: "", commitmentEvaluations: [] },
    ...more,
  };
}

export function record(more = {}) {
  return {
    id: RUN_ID,
    status: "running",
    mode: "live",
    runtimeKind: "rust",
    lastEventSeq: 1,
    sourceKind: null,
    sourceRef: null,
    tags: [],
    metadata: {},
    errorCode: null,
    errorMessage: null,
    createdAt: "2026-03-02T09:00:00.000Z",
    updatedAt: "2026-03-02T09:00:00.000Z",
    startedAt: null,
    endedAt: null,
    archivedAt: null,
    ...more,
  };
}

/** A generator with a seed, so that a failing example can be repeated. */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
