// SPDX-License-Identifier: Apache-2.0
import { metric } from "../ui/prometheus.js";

// Pure readers of the metrics, for the page of operations.

/** The database pool: connections in all, in use, free, and how many had to wait. */
export function poolOf(samples) {
  const of = (name) => metric(samples, "connectionpool_" + name, { datasource: "jdbc_macp" });
  const managed = of("managedConnections");
  const free = of("freeConnections");
  if (managed === null || free === null) return null;
  return {
    managed,
    free,
    used: managed - free,
    queued: of("queuedRequests_total") ?? 0,
    waitSeconds: of("waitTime_total_seconds") ?? 0,
  };
}

export function processOf(samples) {
  return {
    heapUsed: metric(samples, "memory_usedHeap_bytes"),
    heapMax: metric(samples, "memory_maxHeap_bytes"),
    startedAt: seconds(metric(samples, "process_start_time_seconds")),
    cpus: metric(samples, "cpu_availableProcessors"),
    threads: metric(samples, "thread_count"),
  };
}

function seconds(value) {
  return value === null ? null : value * 1_000;
}

/** Rows that retention has deleted since the start, by table. */
export function deletedByTable(samples) {
  return samples
    .filter((one) => one.name === "macp_retention_deleted_total")
    .map((one) => ({ table: one.labels.table ?? "", count: one.value }));
}

/**
 * How the stream of one run is, in a word.
 *
 * @param {{status: string}} stream
 */
export function streamState({ status }) {
  if (status === "running")
    return {
      tone: "good",
      icon: "pulse",
      word: "Followed",
      about: "What the runtime accepts is recorded as it comes",
    };
  if (status === "suspended")
    return {
      tone: "hold",
      icon: "pause",
      word: "Paused",
      about: "Nothing is accepted until the run is resumed",
    };
  if (status === "binding_session")
    return {
      tone: "wait",
      icon: "clock",
      word: "Attaching",
      about: "The session was found; its history is being read",
    };
  return {
    tone: "wait",
    icon: "clock",
    word: "Waiting",
    about: "No agent has opened the session yet",
  };
}
