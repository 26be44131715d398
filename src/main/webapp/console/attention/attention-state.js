// SPDX-License-Identifier: Apache-2.0
import { CONNECTION_IDLE, reduceConnection } from "../live/connection.js";

export const DAY_MS = 86_400_000;
const LEAST_SILENCE_MS = 60_000;
const TIMES_USUAL = 20;
const KEPT_ENDED = 400;
const ENDED = ["completed", "failed", "cancelled"];
const WAITING = ["queued", "starting", "binding_session"];

/**
 * What the page of attention knows: the runs that go on or ended lately, which policies denied
 * something, which cancellations this tab has asked for, and the time of its last tick. `urgent` is the
 * number of runs that wait for somebody, for the badge beside the navigation; other pages do not follow
 * it, and show none rather than an old one.
 */
export const ATTENTION_NONE = Object.freeze({
  phase: "idle",
  records: new Map(),
  denials: new Map(),
  asked: new Set(),
  totals: {},
  now: 0,
  urgent: 0,
  error: null,
  health: { phase: "loading", body: null, metrics: null, at: null, error: null },
  connection: CONNECTION_IDLE,
});

export function reduceAttention(attention, action) {
  const next = fold(attention, action);
  if (next === attention) return attention;
  const groups = groupsOf(next);
  const urgent = groups.waiting.length + groups.stuck.length + groups.failed.length;
  return { ...next, urgent };
}

function fold(attention, action) {
  switch (action.type) {
    case "attention/loading":
      return attention.phase === "ready"
        ? attention
        : { ...attention, phase: "loading", error: null };
    case "attention/loaded":
      return {
        ...withRecords(attention, action.records),
        phase: "ready",
        totals: action.totals,
        now: action.now,
        error: null,
      };
    case "attention/failed":
      return {
        ...attention,
        phase: attention.records.size > 0 ? "ready" : "error",
        error: action.error,
      };
    case "attention/denials":
      return withDenials(attention, action.events);
    case "attention/health":
      return { ...attention, health: { ...attention.health, ...action.health } };
    case "attention/asked":
      return { ...attention, asked: new Set([...attention.asked, ...action.ids]) };
    case "attention/answered":
      return {
        ...attention,
        asked: new Set([...attention.asked].filter((id) => !action.ids.includes(id))),
      };
    case "attention/left":
      return ATTENTION_NONE;
    case "attention/tick":
      return { ...attention, now: action.now };
    case "runs/changed":
      return attention.phase === "ready" ? withRecords(attention, action.records) : attention;
    case "live/phase":
    case "live/frames":
      if (action.channel !== "runs") return attention;
      return { ...attention, connection: reduceConnection(attention.connection, action) };
    default:
      return attention;
  }
}

function withRecords(attention, list) {
  const records = new Map(attention.records);
  for (const record of list) {
    const known = records.get(record.id);
    if (known && known.lastEventSeq > record.lastEventSeq) continue;
    if (record.mode === "sandbox" || record.archivedAt) records.delete(record.id);
    else records.set(record.id, record);
  }
  return { ...attention, records: bounded(records) };
}

/** Of what has ended only the newest are kept: an open page must not grow for ever. */
function bounded(records) {
  const ended = [...records.values()].filter((one) => ENDED.includes(one.status));
  if (ended.length <= KEPT_ENDED) return records;
  ended.sort((a, b) => String(b.endedAt).localeCompare(String(a.endedAt)));
  for (const one of ended.slice(KEPT_ENDED)) records.delete(one.id);
  return records;
}

function withDenials(attention, events) {
  if (events.length === 0) return attention;
  const denials = new Map(attention.denials);
  for (const event of events) denials.set(event.runId, event);
  return { ...attention, denials };
}

// Readers

function millis(iso) {
  return typeof iso === "string" ? Date.parse(iso) : Number.NaN;
}

/** The usual pause between two events, by mode: the median over the ended runs that are known. */
export function usualPauses(records) {
  const byMode = new Map();
  for (const record of records) {
    const { durationMs, eventCount } = record.metadata ?? {};
    if (record.status !== "completed" || !(durationMs > 0) || !(eventCount > 1)) continue;
    const mode = modeOf(record);
    if (!byMode.has(mode)) byMode.set(mode, []);
    byMode.get(mode).push(durationMs / eventCount);
  }
  return new Map([...byMode].map(([mode, pauses]) => [mode, median(pauses)]));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function modeOf(record) {
  return record.metadata?.executionRequest?.session?.modeName ?? "";
}

/** Silence after which a run counts as stuck: twenty times the usual pause, and never below a minute. */
export function patienceOf(record, usual) {
  return Math.max(LEAST_SILENCE_MS, TIMES_USUAL * (usual.get(modeOf(record)) ?? 0));
}

/**
 * Everything by what it needs. Each run is in one group only, the most urgent one.
 *
 * @returns {{waiting: object[], stuck: object[], failed: object[], stopping: object[], running: object[]}}
 */
export function groupsOf({ records, denials, asked, now }) {
  const groups = { waiting: [], stuck: [], failed: [], stopping: [], running: [] };
  const all = [...records.values()];
  const usual = usualPauses(all);
  for (const record of all) {
    const group = groupOf(record, { denials, asked, now, usual });
    if (group) groups[group.name].push({ record, ...group });
  }
  const oldestFirst = (a, b) => millis(a.record.updatedAt) - millis(b.record.updatedAt);
  const newestFirst = (a, b) => millis(b.record.updatedAt) - millis(a.record.updatedAt);
  groups.waiting.sort(oldestFirst);
  groups.stuck.sort(oldestFirst);
  groups.failed.sort(newestFirst);
  groups.stopping.sort(oldestFirst);
  groups.running.sort(newestFirst);
  return groups;
}

function groupOf(record, { denials, asked, now, usual }) {
  if (record.status === "failed") {
    return now - millis(record.endedAt ?? record.updatedAt) < DAY_MS ? { name: "failed" } : null;
  }
  if (ENDED.includes(record.status)) return null;
  if (asked.has(record.id)) return { name: "stopping" };
  if (record.status === "suspended") return { name: "waiting", why: "suspended" };
  const denial = denials.get(record.id);
  if (denial && denial.seq >= record.lastEventSeq - 1)
    return { name: "waiting", why: "denied", denial };
  const silent = now - millis(record.updatedAt);
  if (silent > patienceOf(record, usual)) {
    return { name: "stuck", silent, usual: usual.get(modeOf(record)) ?? null };
  }
  return { name: "running" };
}

/** Why nothing goes on, as far as the server's answers tell. */
export function stuckReason({ record, usual }, health, words) {
  if (health?.runtime && health.runtime.ok === false)
    return "The runtime does not answer: " + (health.runtime.detail ?? "no reason given");
  if (health?.circuitBreaker === "OPEN")
    return "Calls to the runtime are paused by the open circuit breaker";
  if (WAITING.includes(record.status)) return "No agent has opened the session on the runtime yet";
  const pause = usual ? "; in this mode something usually happens every " + words(usual) : "";
  return "The session is open, but no agent has said anything" + pause;
}

/** When the session runs out of time, in milliseconds of the clock; null when the record does not tell. */
export function deadlineOf(record) {
  const ttl = record.metadata?.executionRequest?.session?.ttlMs;
  const start = millis(record.startedAt ?? record.createdAt);
  return typeof ttl === "number" && !Number.isNaN(start) ? start + ttl : null;
}
