// SPDX-License-Identifier: Apache-2.0
export { equal, isTrue, test } from "/tests/check.js";

/** A record as the list has it, with what a test wants to be different. */
export function record(more = {}) {
  return {
    id: "0d0c1f6e-4f7e-4a55-9b6d-5b1f6c2f7a11",
    status: "running",
    mode: "live",
    lastEventSeq: 3,
    sourceRef: null,
    tags: [],
    metadata: {},
    errorCode: null,
    errorMessage: null,
    createdAt: "2026-03-02T09:00:00.000Z",
    updatedAt: "2026-03-02T09:00:00.000Z",
    startedAt: "2026-03-02T09:00:00.000Z",
    endedAt: null,
    archivedAt: null,
    ...more,
  };
}

export const MINUTE = 60_000;
export const NINE = Date.parse("2026-03-02T09:00:00.000Z");
export const iso = (ms) => new Date(ms).toISOString();
