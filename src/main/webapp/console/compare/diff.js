// SPDX-License-Identifier: Apache-2.0

/** What differs by nature between two runs and tells nothing. */
const OWN = new Set([
  "messageId",
  "sessionId",
  "runId",
  "runtimeSessionId",
  "traceId",
  "startedAt",
  "endedAt",
  "timestampUnixMs",
  "startedAtUnixMs",
  "expiresAtUnixMs",
  "commitmentHash",
]);

/**
 * Pure: where two JSON values differ.
 *
 * @returns {{path: string, left: unknown, right: unknown, kind: "changed"|"added"|"removed"}[]}
 */
export function differences(left, right, path = "") {
  if (Object.is(left, right)) return [];
  if (isBranch(left) && isBranch(right) && Array.isArray(left) === Array.isArray(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys
      .filter((key) => !OWN.has(key))
      .flatMap((key) => differences(left[key], right[key], path ? path + "." + key : key));
  }
  if (left === undefined) return [{ path, left, right, kind: "added" }];
  if (right === undefined) return [{ path, left, right, kind: "removed" }];
  return [{ path, left, right, kind: "changed" }];
}

function isBranch(value) {
  return value !== null && typeof value === "object";
}

/** Pure: participants of two read models, each with what they were doing in both. */
export function participantRows(left, right) {
  const byId = (projection) =>
    new Map((projection.participants ?? []).map((one) => [one.participantId, one]));
  const a = byId(left);
  const b = byId(right);
  return [...new Set([...a.keys(), ...b.keys()])].map((id) => ({
    id,
    left: a.get(id) ?? null,
    right: b.get(id) ?? null,
  }));
}

/** Pure: numbers of two sides by name, those that both know. */
export function metricRows(left, right, names) {
  return names
    .filter(([name]) => left[name] !== undefined && right[name] !== undefined)
    .map(([name, word, format]) => ({ word, format, left: left[name], right: right[name] }));
}
