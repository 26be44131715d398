// SPDX-License-Identifier: Apache-2.0
import { CONNECTION_IDLE, reduceConnection } from "../live/connection.js";
import { mergeEvents, toEvent } from "./events.js";
import { tellsStory } from "./kinds.js";
import { append, fill, found, goOn } from "./log-window.js";

/** How many events that have just happened a page keeps beside its window onto the log. */
export const KEPT_EVENTS = 1_000;

/**
 * One run page. `projection` is the server's read model, and the truth for every state shown; `story`
 * holds the events that the run is told by; `recent` the newest events of the stream; `log` is a
 * window onto the whole log, open while its tab is. `lastSeq` is the position up to which this page
 * knows everything, `endSeq` is set once the server has said that the log is complete. `past` is the
 * read model as it was at the sequence that the page is as of. `parts` holds what single tabs ask for.
 */
export const RUN_NONE = Object.freeze({
  id: null,
  phase: "none",
  record: null,
  projection: null,
  story: { phase: "none", events: [], total: 0, toldTo: 0, error: null },
  recent: [],
  log: null,
  logKey: "",
  topRow: 0,
  shift: { rows: 0, stamp: 0 },
  past: { seq: null, phase: "none", projection: null, error: null },
  parts: {},
  lastSeq: 0,
  endSeq: null,
  error: null,
  policy: { phase: "none", id: "", body: null },
  following: true,
  seenSeq: 0,
  playing: { on: false, speed: 1 },
  busy: null,
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
    case "run/story":
      return { ...run, story: toldBy(run.story, action) };
    case "run/events":
      return withEvents(run, action.events);
    case "run/part":
      return { ...run, parts: { ...run.parts, [action.name]: action.part } };
    case "run/policy":
      return { ...run, policy: action.policy };
    case "run/follow":
      return { ...run, following: action.following, seenSeq: run.lastSeq };
    case "run/verified":
      return { ...run, lastSeq: Math.max(run.lastSeq, action.seq) };
    case "run/ended":
      return { ...run, endSeq: action.seq, connection: { ...run.connection, phase: "ended" } };
    case "run/past":
      return { ...run, past: pastOf(run.past, action) };
    case "run/playing":
      return { ...run, playing: { ...run.playing, ...action.playing } };
    case "run/busy":
      return { ...run, busy: action.busy };
    case "live/phase":
      return { ...run, connection: reduceConnection(run.connection, action) };
    case "live/frames":
      return withFrames(run, action);
    default:
      return reduceLog(run, action);
  }
}

function reduceLog(run, action) {
  switch (action.type) {
    case "log/opened":
      return { ...run, log: action.log, logKey: action.key };
    case "log/filled": {
      if (action.key !== run.logKey) return run;
      const { window, shift } = fill(run.log, action.index, action.events);
      const moved = action.index < action.firstVisible ? shift : 0;
      return { ...run, log: window, shift: { rows: moved, stamp: run.shift.stamp + 1 } };
    }
    case "log/scrolled":
      return action.row === run.topRow ? run : { ...run, topRow: action.row };
    case "log/goOn":
      return { ...run, log: goOn(run.log) };
    case "log/found":
      if (action.key !== run.logKey) return run;
      return { ...run, log: found(run.log, action.rows, action.cursor, action.upTo) };
    default:
      return run;
  }
}

/** A finished run is read from its beginning; a live one is followed at its end. */
function loaded(run, { record, state }) {
  const following = !isTerminal(record.status);
  const next = withSnapshot({ ...run, phase: "ready", record, error: null, following }, state);
  const lastSeq = latestSeq(state);
  return { ...next, lastSeq, seenSeq: lastSeq };
}

/** A path that is not a run id is answered 400; for a reader both mean that no such run exists. */
function isMissing(error) {
  return error.status === 404 || error.status === 400;
}

/** `toldTo`: up to where everything that was said is told; later turning points are known, too. */
function toldBy(story, { phase, events = [], total, toldTo = story.toldTo, error = null }) {
  const merged = mergeEvents(story.events, events.map(toEvent));
  return {
    phase,
    events: merged,
    total: Math.max(total ?? story.total, merged.length),
    toldTo,
    error,
  };
}

/** What was known of another moment stays on the page until the answer for the new one is there. */
function pastOf(past, { seq, phase, projection, error = null }) {
  return { seq, phase, projection: projection ?? (seq === null ? null : past.projection), error };
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

/** New events go to the story, to the newest, and to the end of the log if that is open. */
function withEvents(run, rows) {
  const events = rows.map(toEvent).filter((event) => event.seq > run.lastSeq);
  if (events.length === 0) return run;
  const added = mergeEvents([], events);
  const telling = added.filter(tellsStory);
  const story = telling.length
    ? { ...run.story, ...withTotal(run.story, mergeEvents(run.story.events, telling)) }
    : run.story;
  const recent = mergeEvents(run.recent, added).slice(-KEPT_EVENTS);
  const log = run.log && !run.log.exact ? append(run.log, added) : run.log;
  return { ...run, story, recent, log, lastSeq: added.at(-1).seq };
}

function withTotal(story, events) {
  return { events, total: story.total + events.length - story.events.length };
}

// Readers

export function latestSeq(projection) {
  return projection?.timeline?.latestSeq ?? 0;
}

/** The read model of the moment that the page is as of. */
export function shownProjection(run) {
  return run.past.projection ?? run.projection;
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
  if (run.past.projection) return run.past.projection.run?.status ?? "queued";
  const status = run.record?.status;
  if (isTerminal(status) || latestSeq(run.projection) === 0) return status ?? "queued";
  return run.projection.run?.status ?? status;
}
