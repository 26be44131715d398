// SPDX-License-Identifier: Apache-2.0
const NAME = "macp.presets";

/** The least that a run of a mode needs. */
export function startOf(mode = "macp.mode.decision.v1", modeVersion = "1.0.0", kind = "rust") {
  return {
    mode: "live",
    runtime: { kind },
    session: {
      modeName: mode,
      modeVersion,
      configurationVersion: "config.default",
      ttlMs: 300_000,
      participants: [],
    },
  };
}

/** What a run was launched with, without what belongs to that one run only. */
export function likeRun(record) {
  const request = record.metadata?.executionRequest;
  if (!request) return null;
  const { sessionId, ...session } = request.session ?? {};
  const { idempotencyKey, ...execution } = request.execution ?? {};
  const like = { mode: record.mode ?? request.mode, runtime: request.runtime, session };
  return Object.keys(execution).length > 0 ? { ...like, execution } : like;
}

export function loadPresets() {
  try {
    const presets = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(presets)
      ? presets.filter((one) => typeof one?.name === "string" && one.value)
      : [];
  } catch {
    return [];
  }
}

export function keepPresets(presets) {
  localStorage.setItem(NAME, JSON.stringify(presets));
}
