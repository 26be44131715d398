// SPDX-License-Identifier: Apache-2.0
/** For every code of an error body: what it says in plain words, and the one next step. */
export const PROBLEMS = {
  __proto__: null,
  VALIDATION_ERROR: [
    "The server does not take this as it is.",
    "Correct what is named and send it again.",
  ],
  INVALID_SESSION_ID: [
    "This is no session id.",
    "Leave it out to have one allocated, or give a UUID.",
  ],
  MODE_NOT_SUPPORTED: [
    "The runtime does not support this mode.",
    "Choose one that the Modes page lists.",
  ],
  UNKNOWN_POLICY_VERSION: [
    "The runtime does not know this policy.",
    "Register it under Policies, or choose another one.",
  ],
  INVALID_POLICY_DEFINITION: [
    "The rules of this policy are not valid.",
    "Correct what is named; docs/policies.md lists every field.",
  ],
  UNAUTHORIZED: ["The server asks who you are.", "Enter an API key; the view stays as it is."],
  FORBIDDEN: [
    "This key may not do that.",
    "Use a key with the scope that is named, or ask an administrator for one.",
  ],
  POLICY_DENIED: [
    "The policy of the session did not allow it.",
    "Read the reasons in the run's decision; another commitment may meet the rules.",
  ],
  NOT_FOUND: [
    "There is nothing under this name.",
    "Check the address; what was deleted does not come back.",
  ],
  RUN_NOT_FOUND: [
    "There is no run with this id.",
    "Look for it in Runs; it may have been deleted, or not begun yet.",
  ],
  COMMITMENT_NOT_FOUND: ["This run has no commitment yet.", "Wait until the session is resolved."],
  METHOD_NOT_ALLOWED: [
    "This address does not do that.",
    "See the API description for what it does.",
  ],
  NOT_ACCEPTABLE: ["The server cannot answer in the form that was asked for.", "Ask for JSON."],
  CONFLICT: [
    "Something else stands in the way.",
    "Load the page anew and look at the present state.",
  ],
  INVALID_STATE_TRANSITION: [
    "The run's status does not allow that now.",
    "Look at its present status; it may have ended meanwhile.",
  ],
  SESSION_ALREADY_EXISTS: [
    "That session belongs to another run.",
    "Leave the session id out, or open the run that has it.",
  ],
  ENDPOINT_REMOVED: [
    "This part of the API no longer exists.",
    "Agents speak for themselves, through their own kit.",
  ],
  SESSION_EXPIRED: [
    "Nobody committed before the deadline.",
    "Launch like this run with a longer time to live.",
  ],
  PAYLOAD_TOO_LARGE: ["That is more than one request may carry.", "Send at most 1 MiB."],
  RATE_LIMITED: [
    "Too many requests in a short time.",
    "Wait a moment; the page tries again when you ask it to.",
  ],
  INTERNAL_ERROR: [
    "The server made a mistake.",
    "Try again; if it happens again, give the request id to the operator.",
  ],
  STREAM_EXHAUSTED: [
    "Contact with the runtime was lost and did not come back.",
    "Check the runtime under Operations, then launch like this run.",
  ],
  RUN_FAILED: ["The run failed.", "Read its last events."],
  NOT_IMPLEMENTED: ["The runtime cannot do that.", "Check what it supports under Modes."],
  UNAUTHENTICATED: [
    "The runtime does not accept our own credentials.",
    "Check RUNTIME_BEARER_TOKEN or the auth service.",
  ],
  KICKOFF_FAILED: [
    "The first message could not be sent.",
    "Read the run's messages, then launch again.",
  ],
  MESSAGE_SEND_FAILED: [
    "The runtime did not take the message.",
    "Read the answer in the run's messages.",
  ],
  SIGNAL_DISPATCH_FAILED: [
    "The runtime did not take the signal.",
    "Read the answer in the run's messages.",
  ],
  CONTEXT_UPDATE_FAILED: [
    "The runtime did not take the context.",
    "Read the answer in the run's messages.",
  ],
  RUNTIME_UNAVAILABLE: [
    "The runtime could not be reached.",
    "Check that it runs; Operations shows its state.",
  ],
  CIRCUIT_BREAKER_OPEN: [
    "Calls to the runtime are paused after several failures.",
    "Wait for the next probe, or reset the breaker under Operations.",
  ],
  DATABASE_UNAVAILABLE: [
    "The database does not answer.",
    "Check it; the server recovers by itself.",
  ],
  RUNTIME_TIMEOUT: [
    "Nobody opened the session, or the runtime did not answer, in time.",
    "Check that the agents run and may reach the runtime.",
  ],
};

/**
 * A failed call as a sentence and a next step.
 *
 * @param {{status: number, code?: string|null, message: string}} error
 * @returns {{sentence: string, detail: string, next: string}}
 */
export function problemOf(error) {
  const [sentence, next] = PROBLEMS[error.code] ?? byStatus(error.status);
  const detail = error.message && error.message !== sentence ? error.message : "";
  return { sentence, detail, next };
}

function byStatus(status) {
  if (status === 0)
    return [
      "The server cannot be reached.",
      "Check that it runs and that you are online, then try again.",
    ];
  if (status === 401) return PROBLEMS.UNAUTHORIZED;
  if (status === 404) return PROBLEMS.NOT_FOUND;
  if (status >= 500) return PROBLEMS.INTERNAL_ERROR;
  return ["The server refused this.", "Read the reason and try again."];
}

/** Why a run failed, as one sentence. */
export function causeOf(record) {
  const [sentence] = PROBLEMS[record.errorCode] ?? PROBLEMS.RUN_FAILED;
  const known = record.errorCode && record.errorCode !== "RUN_FAILED" && PROBLEMS[record.errorCode];
  return known || !record.errorMessage ? sentence : "Failed: " + record.errorMessage;
}

/** One line for a notice or a list. */
export function problemLine(error) {
  const { sentence, detail } = problemOf(error);
  return detail && error.code !== null ? sentence + " " + detail : detail || sentence;
}
