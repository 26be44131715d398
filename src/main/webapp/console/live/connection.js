// SPDX-License-Identifier: Apache-2.0
import { formatCount } from "../ui/format.js";

/** What a page knows about its live connection. `lastFrameAt` is a time of this browser's clock. */
export const CONNECTION_IDLE = Object.freeze({ phase: "idle", lastFrameAt: null, error: null });

/** Folds `live/phase` and `live/frames` actions of one channel ("runs" or "run"). */
export function reduceConnection(connection, action) {
  switch (action.type) {
    case "live/phase":
      return { ...connection, phase: action.phase, error: action.error ?? null };
    case "live/frames":
      return { ...connection, lastFrameAt: action.at };
    default:
      return connection;
  }
}

/**
 * The words for a connection; never a silent stale page.
 *
 * @param {{phase: string, lastFrameAt: number|null}} connection
 * @param {{behind?: number, seq?: number}} position
 * @returns {{tone: string, word: string, detail: string, since: number|null}}
 */
export function connectionWords(connection, { behind = 0, seq = 0 } = {}) {
  const since = connection.lastFrameAt;
  const last = seq > 0 ? "last seq " + formatCount(seq) : "";
  switch (connection.phase) {
    case "live":
      return behind > 0
        ? {
            tone: "wait",
            word: "Catching up",
            detail: formatCount(behind) + " behind",
            since: null,
          }
        : { tone: "live", word: "Live", detail: "", since: null };
    case "reconnecting":
      return { tone: "warn", word: "Reconnecting", detail: last, since };
    case "paused":
      return { tone: "rest", word: "Paused", detail: "this tab is in the background", since: null };
    case "ended":
      return { tone: "rest", word: "Ended", detail: "", since: null };
    case "failed":
      return { tone: "bad", word: "Not live", detail: connection.error?.message ?? "", since };
    default:
      return { tone: "wait", word: "Connecting", detail: "", since: null };
  }
}
