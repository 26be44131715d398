// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.history.ExportStore.Beside;
import io.macp.controlplane.projection.RunMetrics;
import io.macp.controlplane.projection.RunState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything of a bundle but the log (control-plane contract, section 3.10). */
final class Header {
  /** Columns that say nothing to anybody else. */
  private static final List<String> OURS = List.of("searchText", "importedAt");

  private static final List<String> ALWAYS = List.of("archivedAt", "tags", "metadata");

  private Header() {}

  static Map<String, @Nullable Object> of(
      UUID runId, Beside beside, RunState state, Instant exportedAt) {
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    header.put("run", run(beside.run()));
    header.put("session", beside.session().orElse(null));
    header.put("projection", state.toTree());
    header.put(
        "metrics",
        beside.metrics().map(row -> RunMetrics.fromTree(runId, row).toTree()).orElse(null));
    header.put("artifacts", beside.artifacts());
    header.put("exportedAt", Timestamps.format(exportedAt));
    return header;
  }

  /** The record with its source as one object; fields without a value are left out. */
  private static Map<String, @Nullable Object> run(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (!OURS.contains(name) && (value != null || ALWAYS.contains(name))) {
            run.put(name, value);
          }
        });
    run.put("metadata", RunRecord.masked(Payload.of(row).object("metadata").orElseThrow().asMap()));
    if (row.get("sourceKind") != null) {
      Map<String, @Nullable Object> source = new LinkedHashMap<>();
      source.put("kind", row.get("sourceKind"));
      if (row.get("sourceRef") != null) {
        source.put("ref", row.get("sourceRef"));
      }
      run.put("source", source);
    }
    return run;
  }
}
