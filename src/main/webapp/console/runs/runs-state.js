// SPDX-License-Identifier: Apache-2.0
import { CONNECTION_IDLE, reduceConnection } from "../live/connection.js";

export const PAGE_SIZE = 50;

/**
 * The list of runs. `phase`: idle, loading, ready, error. `reached` says that the list goes down to
 * the oldest run, so a record older than all shown ones belongs into it.
 */
export const RUNS_NONE = Object.freeze({
  phase: "idle",
  items: [],
  total: 0,
  error: null,
  loadingMore: false,
  reached: false,
  connection: CONNECTION_IDLE,
});

export function reduceRuns(runs, action) {
  switch (action.type) {
    case "runs/loading":
      return runs.phase === "ready" ? runs : { ...runs, phase: "loading", error: null };
    case "runs/loaded":
      return loaded(runs, action.page);
    case "runs/more":
      return { ...runs, loadingMore: true };
    case "runs/failed":
      return failed(runs, action.error);
    case "runs/changed":
      return changed(runs, action.records);
    case "live/phase":
    case "live/frames":
      if (action.channel !== "runs") return runs;
      return { ...runs, connection: reduceConnection(runs.connection, action) };
    default:
      return runs;
  }
}

function loaded(runs, page) {
  const items = newestFirst(merge(runs.items, page.data));
  const reached = items.length >= page.total || page.data.length < page.limit;
  return {
    ...runs,
    phase: "ready",
    items,
    total: Math.max(page.total, items.length),
    reached,
    error: null,
    loadingMore: false,
  };
}

/** A failed refresh keeps what is shown; only a failed first load replaces the page. */
function failed(runs, error) {
  return { ...runs, phase: runs.items.length ? "ready" : "error", error, loadingMore: false };
}

function changed(runs, records) {
  if (runs.phase !== "ready") return runs;
  const known = new Map(runs.items.map((run) => [run.id, run]));
  const oldest = runs.items.at(-1)?.createdAt ?? "";
  const wanted = records.filter(
    (run) => known.has(run.id) || (!isHidden(run) && (runs.reached || run.createdAt >= oldest)),
  );
  const added = new Set(wanted.filter((run) => !known.has(run.id)).map((run) => run.id)).size;
  const merged = merge(runs.items, wanted);
  const items = newestFirst(merged.filter((run) => !isHidden(run)));
  return { ...runs, items, total: runs.total + added - (merged.length - items.length) };
}

/** The list's own defaults: sandbox and archived runs are left out. */
function isHidden(run) {
  return run.mode === "sandbox" || Boolean(run.archivedAt);
}

function merge(items, records) {
  const byId = new Map(items.map((run) => [run.id, run]));
  for (const record of records) {
    const known = byId.get(record.id);
    if (!known || !isOlder(record, known)) byId.set(record.id, record);
  }
  return [...byId.values()];
}

/** Two answers may cross: the one with the higher sequence, then the later update, is the truth. */
function isOlder(record, known) {
  if (record.lastEventSeq !== known.lastEventSeq) return record.lastEventSeq < known.lastEventSeq;
  return String(record.updatedAt) < String(known.updatedAt);
}

function newestFirst(items) {
  return items.sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
