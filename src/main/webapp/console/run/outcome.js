// SPDX-License-Identifier: Apache-2.0
import { asText, clip, participantName, plural } from "../ui/format.js";
import { isTerminal, statusOf } from "./run-state.js";

const FAILURES = {
  __proto__: null,
  SESSION_EXPIRED: "Expired: nobody committed before the deadline",
  RUNTIME_TIMEOUT: "Failed: the runtime did not answer, or nobody opened the session, in time",
  RUNTIME_UNAVAILABLE: "Failed: the runtime could not be reached",
  STREAM_EXHAUSTED: "Failed: contact with the runtime was lost and did not come back",
  MODE_NOT_SUPPORTED: "Failed: the runtime does not support this mode",
  UNKNOWN_POLICY_VERSION: "Failed: the runtime does not know this policy",
  POLICY_DENIED: "Failed: the policy did not allow it",
};

/**
 * The sentence at the top of a run: what came of it, or what it is waiting for.
 *
 * @returns {{tone: string, icon: string, sentence: string, detail: string}}
 */
export function outcomeOf(run, decision) {
  const status = statusOf(run);
  if (status === "failed") return failure(run);
  if (status === "cancelled") return facts("rest", "ban", "Cancelled", cancelReason(run));
  if (decision.commitment) return committed(decision);
  if (status === "completed") {
    return facts("rest", "check", "Resolved without a recorded commitment", "");
  }
  if (status === "suspended") return facts("hold", "pause", "Suspended: waiting to be resumed", "");
  if (status === "running") return waiting(run, decision);
  return facts("wait", "clock", "Waiting for an agent to open the session", "");
}

function facts(tone, icon, sentence, detail) {
  return { tone, icon, sentence, detail };
}

function failure(run) {
  const event = run.story.events.findLast((one) => one.type === "run.failed");
  const code = run.record?.errorCode ?? event?.data.errorCode ?? null;
  const message = asText(run.record?.errorMessage ?? event?.data.error);
  const known = FAILURES[code];
  const tone = code === "SESSION_EXPIRED" ? "warn" : "bad";
  const iconName = code === "SESSION_EXPIRED" ? "clock" : "cross";
  if (known) return facts(tone, iconName, known, message);
  return facts(tone, iconName, message ? "Failed: " + message : "Failed for an unknown reason", "");
}

function cancelReason(run) {
  const event = run.story.events.findLast((one) => one.type === "run.cancelled");
  return asText(event?.data.reason);
}

function committed(decision) {
  const { commitment, chosen, proposals } = decision;
  const about = proposals.find((one) => one.id === chosen?.id);
  const what = about?.option || commitment.action;
  const detail = [
    tallyWords(about),
    objectionWords(proposals),
    "committed by " + participantName(commitment.who),
  ];
  const rest = detail.filter(Boolean).join(" · ");
  if (commitment.positive === true) return facts("good", "check", "Approved: " + what, rest);
  if (commitment.positive === false) return facts("warn", "ban", "Declined: " + what, rest);
  return facts("good", "flag", "Committed: " + commitment.action, rest);
}

function tallyWords(proposal) {
  if (!proposal || proposal.tally.cast === 0) return "";
  const { allow, deny, abstain } = proposal.tally;
  const words = allow + " for, " + deny + " against";
  return abstain > 0 ? words + ", " + abstain + " abstained" : words;
}

function objectionWords(proposals) {
  const objections = proposals.flatMap((one) => one.objections).filter((one) => !one.late);
  if (objections.length === 0) return "";
  const critical = objections.filter((one) => one.severity === "critical");
  const counted = critical.length > 0 ? critical : objections;
  const who = [...new Set(counted.map((one) => participantName(one.who)))].join(", ");
  const kind = critical.length > 0 ? "critical objection" : "objection";
  return plural(counted.length, kind) + " by " + who;
}

function waiting(run, decision) {
  const { proposals } = decision;
  if (proposals.length === 0) return facts("live", "pulse", "Waiting for a first proposal", "");
  const voted = proposals.filter((one) => one.tally.cast > 0).at(-1);
  if (!voted) {
    const weighed = proposals.reduce((sum, one) => sum + one.evaluations.length, 0);
    const what =
      proposals.length === 1 ? quote(proposals[0]) : plural(proposals.length, "proposal");
    return facts("live", "pulse", "Weighing " + what, plural(weighed, "evaluation") + " so far");
  }
  const { cast, required } = voted.tally;
  const of = required ? cast + " of " + required + " votes" : plural(cast, "vote");
  return facts("live", "pulse", "Voting on " + quote(voted), of + " cast · " + tallyWords(voted));
}

function quote(proposal) {
  return "“" + clip(proposal.option || proposal.id, 80) + "”";
}

/** One line for screen readers when a run moves on. */
export function spokenSummary(run, decision) {
  const { sentence, detail } = outcomeOf(run, decision);
  const end = isTerminal(statusOf(run)) ? "Run ended. " : "";
  return end + sentence + (detail ? ". " + detail : "");
}
