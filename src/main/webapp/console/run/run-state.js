// SPDX-License-Identifier: Apache-2.0
import { CONNECTION_IDLE, reduceConnection } from "../live/connection.js";
import { isDecisive, mergeEvents, toEvent } from "./events.js";

/** How many sequence numbers back the first window reaches, and how many events a page keeps. */
export const WINDOW = 500;
export const KEPT_EVENTS = 1_000;

/**
 * One run page. `projection` is the server's read model and the truth for every state shown;
 * `events` is a window of the log ending at `lastSeq`; `decisive` holds the events before that window
 * that a decision is explained by. `endSeq` is set once the server has said that the log is complete.
 */
export const RUN_NONE = Object.freeze({
  id: null,
  phase: "none",
  record: null,
  projection: null,
  events: [],
  decisive: [],
  hasEarlier: false,
  loadingEarlier: false,
  lastSeq: 0,
  endSeq: null,
  error: null,
  eventsError: null,
  policy: { phase: "none", id: "", body: null },
  following: true,
  seenSeq: 0,
  connection: CONNECTION_IDLE,
});

export function reduceRun(run, action) {
  if (action.type === "run/opened") return { ...RUN_NONE, id: action.id, phase: "loading" };
  if (action.type === "run/closed") return RUN_NONE;
  if (action.id !== run.id || run.id === null) return run;
  switch (action.type) {
    case "run/loaded":
      return loaded(run, action);
    case "run/record":
      return { ...run, record: action.record };
    case "run/failed":
      return { ...run, phase: isMissing(action.error) ? "missing" : "error", error: action.error };
    case "run/events":
      return withWindow(run, action);
    case "run/earlier":
      return { ...run, loadingEarlier: true };
    case "run/decisive":
      return { ...run, decisive: mergeEvents(run.decisive, action.events.map(toEvent)) };
    case "run/eventsFailed":
      return { ...run, eventsError: action.error, loadingEarlier: false };
    case "run/policy":
      return { ...run, policy: action.policy };
    case "run/follow":
      return { ...run, following: action.following, seenSeq: run.lastSeq };
    case "run/verified":
      return { ...run, lastSeq: Math.max(run.lastSeq, action.seq) };
    case "run/ended":
      return { ...run, endSeq: action.seq, connection: { ...run.connection, phase: "ended" } };
    case "live/phase":
      return { ...run, connection: reduceConnection(run.connection, action) };
    case "live/frames":
      return withFrames(run, action);
    default:
      return run;
  }
}

/** A finished run is read from its beginning; a live one is followed at its end. */
function loaded(run, { record, state }) {
  const following = !isTerminal(record.status);
  return withSnapshot({ ...run, phase: "ready", record, error: null, following }, state);
}

/** A path that is not a run id is answered 400; for a reader both mean that no such run exists. */
function isMissing(error) {
  return error.status === 404 || error.status === 400;
}

function withFrames(run, action) {
  const connection = reduceConnection(run.connection, action);
  const next = action.snapshot ? withSnapshot(run, action.snapshot) : run;
  return withEvents({ ...next, connection }, action.events);
}

/** Snapshots never take the page back in time. */
function withSnapshot(run, projection) {
  return latestSeq(projection) >= latestSeq(run.projection) ? { ...run, projection } : run;
}

function withEvents(run, rows) {
  if (rows.length === 0) return run;
  const merged = mergeEvents(run.events, rows.map(toEvent));
  const lastSeq = Math.max(run.lastSeq, merged.at(-1).seq);
  const surplus = run.following ? merged.length - KEPT_EVENTS : 0;
  if (surplus <= 0) return { ...run, events: merged, lastSeq };
  const dropped = merged.slice(0, surplus).filter(isDecisive);
  const decisive = mergeEvents(run.decisive, dropped);
  return { ...run, events: merged.slice(surplus), decisive, lastSeq, hasEarlier: true };
}

function withWindow(run, action) {
  const next = withEvents({ ...run, following: false }, action.events);
  const hasEarlier = action.hasEarlier ?? run.hasEarlier;
  const seenSeq = run.seenSeq === 0 ? next.lastSeq : run.seenSeq;
  return {
    ...next,
    following: run.following,
    seenSeq,
    hasEarlier,
    loadingEarlier: false,
    eventsError: null,
  };
}

// Readers

export function latestSeq(projection) {
  return projection?.timeline?.latestSeq ?? 0;
}

/** Sequence numbers that the read model is ahead of the events on this page. */
export function behind(run) {
  return Math.max(0, latestSeq(run.projection) - run.lastSeq);
}

export function isTerminal(status) {
  return ["completed", "failed", "cancelled"].includes(status);
}

/** The record may know the end before the read model does; otherwise the read model is the truth. */
export function statusOf(run) {
  const status = run.record?.status;
  if (isTerminal(status) || latestSeq(run.projection) === 0) return status ?? "queued";
  return run.projection.run?.status ?? status;
}
