// SPDX-License-Identifier: Apache-2.0
import { asText, percent, plural, sentence, shortId } from "../ui/format.js";
import { messageTypeOf, payloadOf, senderOf } from "./events.js";
import { sideOf } from "./decision.js";

// Messages that also produce an event of their own; the copy of the envelope is then a detail.
const TOLD_TWICE = new Set([
  "Proposal",
  "CounterProposal",
  "ApprovalRequest",
  "TaskRequest",
  "HandoffOffer",
  "Evaluation",
  "Objection",
  "Vote",
  "Accept",
  "Reject",
  "Withdraw",
  "Approve",
  "Abstain",
  "TaskAccept",
  "TaskReject",
  "TaskUpdate",
  "TaskComplete",
  "TaskFail",
  "HandoffContext",
  "HandoffAccept",
  "HandoffDecline",
  "Contribute",
  "Commitment",
  "Signal",
  "Progress",
]);

const SIDE_TONES = { __proto__: null, allow: "good", deny: "bad", abstain: "rest" };
const SESSION_STATES = {
  __proto__: null,
  OPEN: "is open",
  RESOLVED: "was resolved",
  EXPIRED: "expired",
  CANCELLED: "was cancelled",
  SUSPENDED: "was suspended",
};

/**
 * One event as a line: who did what, and in their own words why. `minor` events are folded away by
 * default, with their count.
 *
 * @returns {{icon: string, tone: string, minor: boolean, who: string, did: string, what: string,
 *     quote: string}} plain text throughout
 */
export function wordsFor(event) {
  if (!written.has(event)) written.set(event, write(event));
  return written.get(event);
}

// Events never change, so each is put into words once. Weak: words live as long as their event.
const written = new WeakMap();

function write(event) {
  const writer = WRITERS[event.type];
  const words = writer ? writer(event, payloadOf(event)) : { did: event.type };
  const base = { icon: "dots", tone: "rest", minor: false, who: "", did: "", what: "", quote: "" };
  return { ...base, ...words };
}

const WRITERS = {
  __proto__: null,
  "run.created": () => ({ icon: "flag", did: "Run created" }),
  "run.started": () => ({ icon: "play", did: "Launch started" }),
  "run.completed": () => ({ icon: "check", tone: "good", did: "Run completed" }),
  "run.failed": (event) => ({
    icon: "cross",
    tone: "bad",
    did: "Run failed",
    quote: asText(event.data.error),
  }),
  "run.cancelled": (event) => ({
    icon: "ban",
    did: "Run cancelled",
    quote: asText(event.data.reason),
  }),
  "run.suspended": () => ({ icon: "pause", tone: "hold", did: "Run suspended" }),
  "run.resumed": () => ({ icon: "play", tone: "live", did: "Run resumed" }),
  "session.bound": bound,
  "session.stream.opened": streamOpened,
  "session.state.changed": sessionState,
  "participant.seen": (event) => ({
    icon: "people",
    minor: true,
    who: asText(event.data.participantId),
    did: "is part of the session",
  }),
  "message.received": received,
  "message.sent": (event) => ({
    minor: true,
    who: senderOf(event),
    did: "sent " + messageTypeOf(event),
  }),
  "message.send_failed": (event) => ({
    icon: "cross",
    tone: "bad",
    who: senderOf(event),
    did: "had a message refused",
    quote: asText(event.data.errorMessage),
  }),
  "proposal.created": (event, payload) => ({
    icon: "bulb",
    tone: "live",
    who: senderOf(event),
    did: proposedBy(messageTypeOf(event)),
    what: asText(payload.option ?? payload.title ?? payload.proposalId ?? event.subjectId),
    quote: reasonOf(payload),
  }),
  "proposal.updated": responded,
  "decision.finalized": (event, payload) => ({
    icon: "flag",
    tone: payload.outcomePositive === false ? "warn" : "good",
    who: senderOf(event),
    did: payload.outcomePositive === false ? "committed a negative outcome:" : "committed",
    what: asText(payload.action),
    quote: reasonOf(payload),
  }),
  "signal.emitted": (event, payload) => ({
    icon: "bolt",
    who: senderOf(event),
    did: "signalled",
    what: asText(payload.signalType),
    minor: payload.signalType === "llm.call.completed",
  }),
  "signal.acknowledged": (event) => ({
    icon: "bolt",
    minor: true,
    who: senderOf(event),
    did: "acknowledged a signal",
  }),
  "progress.reported": (event, payload) => ({
    icon: "dots",
    minor: true,
    who: senderOf(event),
    did: "reported progress",
    what: progress(payload),
    quote: asText(payload.message ?? payload.status),
  }),
  "llm.call.completed": (event, payload) => ({
    icon: "note",
    minor: true,
    who: senderOf(event),
    did: "called a model",
    what: asText(payload.model),
    quote: tokens(payload),
  }),
  "tool.called": (event) => ({ minor: true, who: senderOf(event), did: "called a tool" }),
  "tool.completed": (event) => ({ minor: true, who: senderOf(event), did: "finished a tool call" }),
  "artifact.created": (event) => ({
    icon: "note",
    minor: true,
    did: "Artifact stored",
    what: asText(event.data.label ?? event.data.kind),
  }),
  "policy.resolved": (event, payload) => ({
    icon: "scale",
    did: "Policy resolved",
    what: asText(payload.policyVersion ?? event.data.policyVersion),
    quote: asText(payload.description),
  }),
  "policy.commitment.evaluated": (event, payload) => verdict(payload.decision ?? "allow", payload),
  "policy.denied": (event, payload) => verdict("deny", payload),
};

function bound(event) {
  const count = Array.isArray(event.data.participants) ? event.data.participants.length : 0;
  const parts = [count ? plural(count, "participant") : "", asText(event.data.policyVersion)];
  return {
    icon: "link",
    who: asText(event.data.initiator),
    did: "opened the session",
    what: parts.filter(Boolean).join(", "),
  };
}

function streamOpened(event) {
  const status = asText(event.data.status);
  const notable = status === "reconnecting" || status === "recovered";
  return {
    icon: notable ? "retry" : "link",
    tone: status === "reconnecting" ? "warn" : "rest",
    minor: !notable,
    did: "Observer stream " + (status || "opened"),
    quote: asText(event.data.detail),
  };
}

function sessionState(event) {
  const state = asText(event.data.state).replace("SESSION_STATE_", "");
  return {
    icon: "link",
    minor: state === "OPEN",
    did: "Session " + (SESSION_STATES[state] ?? state),
  };
}

function received(event, payload) {
  const type = messageTypeOf(event);
  const minor = TOLD_TWICE.has(type) || type === "SessionStart";
  return {
    icon: "note",
    minor,
    who: senderOf(event),
    did: "sent " + (type || "a message"),
    quote: asText(payload.intent),
  };
}

function proposedBy(type) {
  const words = {
    __proto__: null,
    CounterProposal: "made a counter-proposal:",
    ApprovalRequest: "asked for approval of",
    TaskRequest: "asked for a task:",
    HandoffOffer: "offered a handoff:",
  };
  return words[type] ?? "proposed";
}

function responded(event, payload) {
  const type = messageTypeOf(event);
  const about = asText(payload.proposalId ?? payload.requestId ?? event.subjectId);
  const common = { who: senderOf(event), quote: reasonOf(payload) };
  if (type === "Evaluation") {
    const share = percent(payload.confidence);
    const how = asText(payload.recommendation) + (share ? ", " + share + " sure" : "");
    return { ...common, icon: "scale", did: "evaluated " + shortId(about) + ":", what: how };
  }
  if (type === "Objection") {
    const severity = asText(payload.severity).toLowerCase() || "medium";
    const tone = severity === "critical" || severity === "high" ? "bad" : "warn";
    return {
      ...common,
      icon: "hand",
      tone,
      did: "objected to " + shortId(about) + ":",
      what: severity,
    };
  }
  if (type === "Vote") {
    const tone = SIDE_TONES[sideOf(payload, type)];
    return {
      ...common,
      icon: "ballot",
      tone,
      did: "voted",
      what: asText(payload.vote) + " on " + shortId(about),
    };
  }
  const tone = SIDE_TONES[sideOf(payload, type)];
  return { ...common, icon: "note", tone, did: "answered", what: sentence(type) };
}

function verdict(decision, payload) {
  const denied = asText(decision).toLowerCase() === "deny";
  const reasons = Array.isArray(payload.reasons) ? payload.reasons.map(asText).join("; ") : "";
  return {
    icon: "scale",
    tone: denied ? "bad" : "good",
    quote: reasons,
    did: denied ? "Policy denied a commitment" : "Policy allowed a commitment",
  };
}

function progress(payload) {
  const value = payload.percentage ?? payload.progress;
  return typeof value === "number" ? Math.round(value) + " %" : "";
}

function tokens(payload) {
  return typeof payload.totalTokens === "number" ? plural(payload.totalTokens, "token") : "";
}

function reasonOf(payload) {
  return asText(payload.reason ?? payload.rationale ?? payload.summary);
}
