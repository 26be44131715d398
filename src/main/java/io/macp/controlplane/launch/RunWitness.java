// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditOutcome;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.jdbc.Writes;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit row of a change of a run in the transaction of the change.
 *
 * @param whenUnchanged what it means that the run is as it shall be already
 */
record RunWitness(Attempt attempt, AuditOutcome whenUnchanged) implements Outcome.Witness {
  RunWitness(Attempt attempt) {
    this(attempt, AuditOutcome.UNCHANGED);
  }

  /** Of a change that the runtime made when it was asked: its own news of it may come first. */
  static RunWitness ofAgreed(Attempt attempt) {
    return new RunWitness(attempt, AuditOutcome.APPLIED);
  }

  @Override
  public void saw(Writes writes, Optional<RunRecord> before, Outcome outcome) throws SQLException {
    before.ifPresent(run -> attempt.before(view(run)));
    switch (outcome) {
      case Outcome.Applied applied -> {
        attempt.on(applied.run().id());
        // What was removed is told as it was, and is nothing after it.
        if (before.filter(applied.run()::equals).isEmpty()) {
          attempt.after(view(applied.run()));
        }
        attempt.record(writes, AuditOutcome.APPLIED);
      }
      case Outcome.Unchanged unchanged ->
          attempt.on(unchanged.run().id()).record(writes, whenUnchanged);
      case Outcome.Refused refused ->
          attempt
              .because(Refusals.problem(refused.rejection()))
              .record(writes, AuditOutcome.REFUSED);
    }
  }

  /** What an audit row shows of a run: nothing that callers have put into its metadata. */
  static Map<String, @Nullable Object> view(RunRecord run) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("status", run.status().wireName());
    view.put("mode", run.mode());
    view.put("modeName", run.modeName());
    view.put("runtimeSessionId", run.runtimeSessionId());
    view.put("tags", run.tags());
    view.put("lastEventSeq", run.lastEventSeq());
    view.put(
        "archivedAt", Optional.ofNullable(run.archivedAt()).map(Timestamps::format).orElse(null));
    return view;
  }
}
