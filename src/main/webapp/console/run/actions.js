// SPDX-License-Identifier: Apache-2.0
import { isTerminal } from "./run-state.js";

/**
 * What can be done with a run. Pure: each is a description; `why` says why it cannot be done now.
 *
 * @returns {{id: string, word: string, icon: string, method: string, path: string, body?: object,
 *     about: string, why: string, destroys?: string, done: string}[]}
 */
export function actionsFor(record) {
  const run = "/runs/" + encodeURIComponent(record.id);
  const ended = isTerminal(record.status);
  const has = (status) => record.status === status;
  const post = (id, path, rest) => ({ id, method: "POST", path: run + path, why: "", ...rest });
  return [
    post("cancel", "/cancel", {
      word: "Cancel",
      icon: "stop",
      body: { reason: "" },
      about: "Ends the session for all its participants.",
      why: ended ? "The run has ended." : "",
      destroys:
        "The session ends for every participant, and nothing can be committed any more. This cannot be undone.",
      done: "Run cancelled",
    }),
    post("suspend", "/suspend", {
      word: "Suspend",
      icon: "pause",
      body: {},
      about: "Pauses the session until it is resumed.",
      why: has("running") ? "" : "Only a running run can be suspended.",
      done: "Run suspended",
    }),
    post("resume", "/resume", {
      word: "Resume",
      icon: "play",
      body: {},
      about: "Lets a suspended session go on.",
      why: has("suspended") ? "" : "Only a suspended run can be resumed.",
      done: "Run resumed",
    }),
    post("clone", "/clone", {
      word: "Clone",
      icon: "layers",
      body: {},
      about: "Launches the same once more, in a session of its own.",
      why: record.metadata?.executionRequest
        ? ""
        : "It was discovered, not launched: there is no request to repeat.",
      done: "Run cloned",
    }),
    {
      id: "export",
      word: "Export",
      icon: "download",
      method: "GET",
      path: run + "/export/stream?includeRaw=true",
      about: "Everything that is stored of it, as JSON Lines that can be imported elsewhere.",
      why: "",
      done: "Run exported",
    },
    post("archive", "/archive", {
      word: "Archive",
      icon: "archive",
      body: {},
      about: "Leaves it out of lists. Its log stays.",
      why: record.archivedAt ? "It is archived." : "",
      destroys:
        "The run is left out of lists from now on. There is no way to take this back; the log itself stays and can be read here.",
      done: "Run archived",
    }),
    post("rebuild", "/projection/rebuild", {
      word: "Rebuild",
      icon: "retry",
      body: {},
      about: "Folds its read model anew from the log.",
      why: "",
      done: "Read model rebuilt from the log",
    }),
  ];
}

/** The call behind an action, for a shell. The key itself is never in it. */
export function curlOf({ method, path, body }, origin, hasKey) {
  const parts = ["curl -sS"];
  if (method !== "GET") parts.push("-X " + method);
  if (hasKey) parts.push('-H "Authorization: Bearer $MACP_API_KEY"');
  if (body) parts.push("-H 'Content-Type: application/json'", "-d " + quoted(JSON.stringify(body)));
  return [...parts, quoted(origin + path)].join(" ");
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

/** What went wrong with an action, and what to do next. */
export function failureOf(action, error) {
  const next =
    NEXT[error.status] ??
    (error.status === 0 ? "Look whether the server runs, then try again." : "");
  const end = /[.!?]$/.test(error.message) ? " " : ". ";
  return action.word + " did not work: " + error.message + end + next;
}

const NEXT = {
  400: "Nothing was changed.",
  401: "Enter an API key and try again.",
  403: "Ask an operator for a key with the scope that this needs.",
  404: "The run may have been deleted; look in the list of runs.",
  409: "The run has moved on meanwhile; its state above is the current one.",
  429: "Wait a moment and try again.",
  502: "The agent that should have acted did not; nothing was changed here.",
  503: "Part of the server is not ready; Operations shows which. Try again in a moment.",
};
