// SPDX-License-Identifier: Apache-2.0
import { asText, sentence, shortId } from "../ui/format.js";

// Pure readers of a run record.

export function runTitle(record) {
  const name = record.metadata?.scenarioRef ?? record.sourceRef;
  return asText(name) || "Run " + shortId(record.id);
}

export function sessionOf(record) {
  return record.metadata?.executionRequest?.session ?? {};
}

export function participantCount(record) {
  const participants = sessionOf(record).participants;
  return Array.isArray(participants) && participants.length > 0 ? participants.length : null;
}

/** The outcome in two or three words, as far as the record alone tells it. */
export function recordOutcome(record) {
  const action = asText(record.metadata?.finalAction);
  switch (record.status) {
    case "completed":
      return completedOutcome(
        record.metadata?.finalOutcomePositive ?? positiveAction(action),
        action,
      );
    case "failed":
      return failedOutcome(record);
    case "cancelled":
      return { tone: "rest", word: "Cancelled", detail: "" };
    default:
      return null;
  }
}

function completedOutcome(positive, action) {
  if (positive === true) return { tone: "good", word: "Approved", detail: action };
  if (positive === false) return { tone: "warn", word: "Declined", detail: action };
  if (action) return { tone: "good", word: "Committed", detail: action };
  return { tone: "rest", word: "Resolved", detail: "" };
}

function failedOutcome(record) {
  if (record.errorCode === "SESSION_EXPIRED") {
    return { tone: "warn", word: "Expired", detail: "nobody committed before the deadline" };
  }
  return { tone: "bad", word: failureWord(record.errorCode), detail: asText(record.errorMessage) };
}

function failureWord(code) {
  return code && code !== "RUN_FAILED" ? sentence(code.toLowerCase()) : "Failed";
}

const POSITIVE = ["approve", "approved", "accept", "accepted", "selected", "completed"];
const NEGATIVE = ["reject", "rejected", "decline", "declined", "failed"];

/** true, false, or null when the action's last segment says neither. */
export function positiveAction(action) {
  const last = asText(action).toLowerCase().split(".").at(-1);
  if (POSITIVE.includes(last)) return true;
  return NEGATIVE.includes(last) ? false : null;
}
