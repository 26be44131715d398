// SPDX-License-Identifier: Apache-2.0
import { CONNECTION_IDLE, reduceConnection } from "../live/connection.js";
import { matchesFilter } from "./filter.js";

export const PAGE_SIZE = 50;

/**
 * The list of runs. `phase`: idle, loading, ready, error. `reached` says that the list goes down to
 * the last run, so a record beyond all shown ones belongs into it. `held` are new runs that came while
 * the reader was further down: they are announced and shown when asked for.
 */
export const RUNS_NONE = Object.freeze({
  phase: "idle",
  filter: {},
  items: [],
  held: [],
  selected: new Set(),
  total: 0,
  error: null,
  loadingMore: false,
  reached: false,
  connection: CONNECTION_IDLE,
});

export function reduceRuns(runs, action) {
  switch (action.type) {
    case "runs/filter":
      return { ...RUNS_NONE, filter: action.filter, phase: "loading", connection: runs.connection };
    case "runs/loading":
      return runs.phase === "ready" ? runs : { ...runs, phase: "loading", error: null };
    case "runs/loaded":
      return loaded(runs, action.page);
    case "runs/more":
      return { ...runs, loadingMore: true };
    case "runs/failed":
      return failed(runs, action.error);
    case "runs/changed":
      return changed(runs, action);
    case "runs/showHeld":
      return { ...runs, items: sorted(merge(runs.items, runs.held), runs.filter), held: [] };
    case "runs/select":
      return { ...runs, selected: selection(runs, action) };
    case "runs/removed":
      return removed(runs, action.ids);
    case "live/phase":
    case "live/frames":
      if (action.channel !== "runs") return runs;
      return { ...runs, connection: reduceConnection(runs.connection, action) };
    default:
      return runs;
  }
}

function loaded(runs, page) {
  const items = sorted(merge(runs.items, page.data), runs.filter);
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

/**
 * Records that are shown are renewed where they are, or leave when they no longer match. New ones come
 * in at their place, or wait in `held` when `action.hold` says that the reader is elsewhere.
 */
function changed(runs, { records, now = Date.now(), hold = () => false }) {
  if (runs.phase !== "ready") return runs;
  const shown = new Map(runs.items.map((run) => [run.id, run]));
  const matching = records.filter((run) => matchesFilter(run, runs.filter, now));
  const leaving = new Set(
    records.filter((run) => shown.has(run.id) && !matching.includes(run)).map((run) => run.id),
  );
  const renewed = matching.filter((run) => shown.has(run.id));
  const fresh = matching.filter((run) => !shown.has(run.id) && isWithin(run, runs));
  const known = new Set(runs.held.map((run) => run.id));
  const added = new Set(fresh.filter((run) => !known.has(run.id)).map((run) => run.id)).size;
  const holding = fresh.length > 0 && hold();
  const items = merge(
    runs.items,
    holding ? renewed : [...renewed, ...fresh, ...(added ? runs.held : [])],
  );
  const left = leaving.size > 0 ? items.filter((run) => !leaving.has(run.id)) : items;
  return {
    ...runs,
    items: sorted(left, runs.filter),
    held: holding ? merge(runs.held, fresh) : added ? [] : runs.held,
    selected:
      leaving.size > 0
        ? new Set([...runs.selected].filter((id) => !leaving.has(id)))
        : runs.selected,
    total: runs.total + added - leaving.size,
  };
}

/** Whether a run lies within what is loaded; what lies beyond comes with its page. */
function isWithin(run, { items, reached, filter }) {
  if (reached || items.length === 0) return true;
  return order(filter)(run, items.at(-1)) <= 0;
}

function removed(runs, ids) {
  const gone = new Set(ids);
  const items = runs.items.filter((run) => !gone.has(run.id));
  const selected = new Set([...runs.selected].filter((id) => !gone.has(id)));
  return { ...runs, items, selected, total: runs.total - (runs.items.length - items.length) };
}

function selection(runs, { ids, on }) {
  const next = new Set(runs.selected);
  for (const id of ids) {
    if (on ?? !next.has(id)) next.add(id);
    else next.delete(id);
  }
  return next;
}

function merge(items, records) {
  if (records.length === 0) return items;
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

function sorted(items, filter) {
  return [...items].sort(order(filter));
}

function order({ sortBy = "createdAt", sortOrder = "desc" }) {
  const turn = sortOrder === "asc" ? 1 : -1;
  return (a, b) => turn * compare(String(a[sortBy]), String(b[sortBy])) || compare(a.id, b.id);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// Readers

/** What a bulk action would touch, and what it would leave alone and why. */
export function previewOf(action, records) {
  const ended = (run) => ["completed", "failed", "cancelled"].includes(run.status);
  const parts = (test, why) => ({
    touched: records.filter(test),
    left: records.filter((run) => !test(run)).map((run) => ({ run, why })),
  });
  switch (action) {
    case "cancel":
      return parts((run) => !ended(run), "has ended already");
    case "archive":
      return parts((run) => !run.archivedAt, "is archived already");
    case "delete":
      return parts(ended, "has not ended");
    default:
      return parts(() => true, "");
  }
}
