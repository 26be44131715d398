// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to several runs, one after the other, each by itself (contract, section 3.7). What
 * was not begun in time is not tried, so that a client gets its answer.
 */
record Batch(Duration patience) {
  private static final System.Logger LOG = System.getLogger(Batch.class.getName());
  private static final String FAILED = "failed";

  /**
   * What became of each run, in the order of the runs.
   *
   * @param change changes one run
   * @param word what the status of a result is after it
   */
  List<Map<String, @Nullable Object>> each(
      List<UUID> runIds, Function<UUID, RunRecord> change, Function<RunRecord, String> word) {
    long start = System.nanoTime();
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    for (UUID runId : runIds) {
      results.add(
          System.nanoTime() - start > patience.toNanos()
              ? failed(runId, "not tried: the batch took too long")
              : one(runId, change, word));
    }
    return results;
  }

  private static Map<String, @Nullable Object> one(
      UUID runId, Function<UUID, RunRecord> change, Function<RunRecord, String> word) {
    try {
      return result(runId, true, word.apply(change.apply(runId)));
    } catch (RuntimeException e) {
      if (e instanceof Problem.Cause known) {
        return failed(runId, known.toProblem().detail());
      }
      LOG.log(System.Logger.Level.ERROR, "run " + runId + " failed in a batch", e);
      return failed(runId, "Internal server error");
    }
  }

  private static Map<String, @Nullable Object> failed(UUID runId, String why) {
    Map<String, @Nullable Object> result = result(runId, false, FAILED);
    result.put("error", why);
    return result;
  }

  private static Map<String, @Nullable Object> result(UUID runId, boolean ok, String status) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("runId", runId.toString());
    result.put("ok", ok);
    result.put("status", status);
    return result;
  }
}
