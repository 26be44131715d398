// SPDX-License-Identifier: Apache-2.0
import { deletedByTable, poolOf, processOf, streamState } from "/console/operate/figures.js";
import { parseMetrics } from "/console/ui/prometheus.js";
import { equal, test } from "../harness.js";

const SAMPLES = parseMetrics(
  `connectionpool_managedConnections{datasource="jdbc_macp",} 12.0
connectionpool_freeConnections{datasource="jdbc_macp",} 9.0
connectionpool_managedConnections{datasource="other",} 99.0
connectionpool_queuedRequests_total{datasource="jdbc_macp",} 4
memory_usedHeap_bytes 1024
process_start_time_seconds 1.5E9
macp_retention_deleted_total{table="runs",} 7`,
);

await test("the pool is that of the product's data source", () => {
  equal(poolOf(SAMPLES), { managed: 12, free: 9, used: 3, queued: 4, waitSeconds: 0 });
  equal(poolOf([]), null, "and unknown without metrics");
});

await test("figures that are not told stay unknown", () => {
  equal(processOf(SAMPLES), {
    heapUsed: 1_024,
    heapMax: null,
    startedAt: 1.5e12,
    cpus: null,
    threads: null,
  });
  equal(deletedByTable(SAMPLES), [{ table: "runs", count: 7 }]);
});

await test("a stream is as far as its run", () => {
  equal(
    ["queued", "starting", "binding_session", "running", "suspended"].map(
      (status) => streamState({ status }).word,
    ),
    ["Waiting", "Waiting", "Attaching", "Followed", "Paused"],
  );
});
