// SPDX-License-Identifier: Apache-2.0
import { positiveAction } from "../runs/record.js";
import { asText } from "../ui/format.js";
import { messageTypeOf, payloadOf, senderOf } from "./events.js";

const ALLOW = ["APPROVE", "ACCEPT", "ALLOW", "YES"];
const DENY = ["REJECT", "DENY", "BLOCK", "NO"];
const ALLOWING = ["Accept", "Approve", "TaskAccept", "HandoffAccept"];
const DENYING = ["Reject", "TaskReject", "HandoffDecline"];

/**
 * What a decision is explained by: proposals with their evaluations, objections and votes, and the
 * commitment. A pure fold of events in order of their sequence; thresholds come from the server's
 * read model, because the console does not know the rules of a policy.
 */
export function foldDecision(events, projection) {
  const proposals = new Map();
  let commitment = null;
  for (const event of events) {
    if (event.type === "proposal.created") propose(proposals, event);
    else if (event.type === "proposal.updated") respond(proposals, event, commitment);
    else if (event.type === "decision.finalized") commitment ??= commit(event, projection);
  }
  const list = [...proposals.values()].map((proposal) => withTally(proposal, projection));
  return { proposals: list, commitment, chosen: chosenProposal(list, commitment) };
}

function propose(proposals, event) {
  const payload = payloadOf(event);
  const proposal = requireProposal(proposals, proposalId(event));
  Object.assign(proposal, {
    named: true,
    option: asText(payload.option ?? payload.title ?? payload.action ?? payload.summary),
    rationale: reasonOf(payload),
    sender: senderOf(event),
    messageType: messageTypeOf(event),
    at: event.at,
    seq: event.seq,
  });
}

/** A response may arrive for a proposal that this page has not seen. */
function requireProposal(proposals, id) {
  if (!proposals.has(id)) {
    const empty = { option: "", rationale: "", sender: "", messageType: "", at: 0, seq: 0 };
    proposals.set(id, { id, named: false, ...empty, evaluations: [], objections: [], votes: [] });
  }
  return proposals.get(id);
}

function respond(proposals, event, commitment) {
  const proposal = requireProposal(proposals, proposalId(event));
  const payload = payloadOf(event);
  const type = messageTypeOf(event);
  const common = {
    who: senderOf(event),
    reason: reasonOf(payload),
    at: event.at,
    seq: event.seq,
    late: commitment !== null,
  };
  if (type === "Evaluation") {
    const recommendation = asText(payload.recommendation);
    proposal.evaluations.push({ ...common, recommendation, confidence: payload.confidence });
  } else if (type === "Objection") {
    const severity = asText(payload.severity).toLowerCase() || "medium";
    proposal.objections.push({ ...common, severity });
  } else {
    castVote(proposal, {
      ...common,
      word: asText(payload.vote) || type,
      side: sideOf(payload, type),
    });
  }
}

/** One vote per voter: a later one replaces the earlier, unless the decision has been taken. */
function castVote(proposal, vote) {
  const at = proposal.votes.findIndex((known) => known.who === vote.who && !known.late);
  if (at >= 0 && !vote.late) proposal.votes[at] = vote;
  else proposal.votes.push(vote);
}

/** "allow", "deny", or "abstain" for a word that is neither. */
export function sideOf(payload, messageType) {
  const word = asText(payload.vote ?? payload.recommendation).toUpperCase();
  if (ALLOW.includes(word)) return "allow";
  if (DENY.includes(word)) return "deny";
  if (word) return "abstain";
  if (ALLOWING.includes(messageType)) return "allow";
  return DENYING.includes(messageType) ? "deny" : "abstain";
}

function commit(event, projection) {
  const payload = payloadOf(event);
  const current = projection?.decision?.current;
  const action = asText(payload.action) || "resolved";
  const told = payload.outcomePositive ?? payload.outcome_positive ?? current?.outcomePositive;
  return {
    action,
    positive: typeof told === "boolean" ? told : positiveAction(action),
    who: senderOf(event),
    reason: reasonOf(payload),
    commitmentId: asText(payload.commitmentId ?? event.subjectId),
    authority: asText(payload.authorityScope),
    policyVersion: asText(payload.policyVersion),
    hash: asText(event.data.commitmentHash),
    unverifiable: asText(event.data.commitmentUnverifiable),
    supersedes: asText(payload.supersedes?.sessionId),
    confidence: current?.finalized ? current.confidence : undefined,
    at: event.at,
    seq: event.seq,
  };
}

/** The commitment as the read model tells it: everything but its place in the log. */
export function commitmentOf(current) {
  return {
    action: asText(current.action),
    positive: typeof current.outcomePositive === "boolean" ? current.outcomePositive : null,
    who: asText(current.resolvedBy),
    reason: asText(current.reasons?.[0]),
    commitmentId: asText(current.proposalId),
    authority: "",
    policyVersion: "",
    hash: asText(current.commitmentHash),
    unverifiable: "",
    supersedes: asText(current.supersedes?.sessionId),
    confidence: current.confidence,
    seq: 0,
  };
}

function withTally(proposal, projection) {
  const counted = proposal.votes.filter((vote) => !vote.late);
  const count = (side) => counted.filter((vote) => vote.side === side).length;
  const server = projection?.policy?.voteTally?.find((tally) => tally.commitmentId === proposal.id);
  const required = server?.quorum?.required ?? null;
  const seen = { allow: count("allow"), deny: count("deny"), abstain: count("abstain") };
  const more = (server?.allow ?? 0) + (server?.deny ?? 0) > seen.allow + seen.deny;
  const tally = more ? { ...seen, allow: server.allow, deny: server.deny } : seen;
  const cast = tally.allow + tally.deny + tally.abstain;
  return {
    ...proposal,
    tally: { ...tally, cast, threshold: server?.threshold ?? null, required },
  };
}

/**
 * A commitment does not have to name a proposal. Which one it is about is said only when it follows
 * from the log: the same id, an option in the action, or no other candidate.
 */
function chosenProposal(proposals, commitment) {
  if (!commitment || proposals.length === 0) return null;
  const named = proposals.find((one) => one.id && one.id === commitment.commitmentId);
  if (named) return { id: named.id, how: "named by the commitment" };
  if (proposals.length === 1) return { id: proposals[0].id, how: "the only proposal" };
  const option = proposals.filter((one) => one.option && one.option === commitment.action);
  return option.length === 1
    ? { id: option[0].id, how: "its option is the committed action" }
    : null;
}

function proposalId(event) {
  const payload = payloadOf(event);
  return asText(payload.proposalId ?? payload.requestId ?? event.subjectId);
}

function reasonOf(payload) {
  return asText(payload.reason ?? payload.rationale ?? payload.summary);
}
