// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.run.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What happens when a run to be created meets one that exists. */
final class Opening {
  private static final String DISCOVERY = "session-discovery";

  /** The key of a launch's metadata that names the agent to open its session for. */
  private static final String OPENED_AS = "openedAs";

  private Opening() {}

  /** What happens instead of creating a run whose session or key is taken. */
  static Outcome existing(Connection connection, RunStore runs, NewRun run) throws SQLException {
    if (run.idempotencyKey().isPresent()) {
      Optional<RunRecord> same =
          runs.lockByIdempotencyKey(connection, run.idempotencyKey().orElseThrow());
      if (same.isPresent()) {
        return new Outcome.Unchanged(same.get());
      }
    }
    Optional<RunRecord> holder = runs.lockBySession(connection, run.sessionId());
    if (holder.isEmpty()) {
      return new Outcome.Refused(new Rejection.SessionTaken(run.sessionId(), run.id()));
    }
    RunRecord taken = holder.get();
    if (run.idempotencyKey().isPresent() && isUnclaimed(taken) && !opensSession(run)) {
      RunRecord adopted = taken.adoptedBy(run);
      runs.update(connection, List.of(adopted));
      return new Outcome.Unchanged(adopted);
    }
    return new Outcome.Refused(new Rejection.SessionTaken(run.sessionId(), taken.id()));
  }

  /** A session that is still there after its run was deleted is taken up by request only. */
  static boolean isUnwanted(Connection connection, RunStore runs, NewRun run) throws SQLException {
    return run.source().kind().filter(DISCOVERY::equals).isPresent()
        && run.idempotencyKey().isEmpty()
        && runs.isDeleted(connection, run.sessionId());
  }

  /**
   * It has to begin the session and to say its kickoff first, which is too late for one that is.
   */
  private static boolean opensSession(NewRun run) {
    return run.metadata().containsKey(OPENED_AS);
  }

  private static boolean isUnclaimed(RunRecord run) {
    return DISCOVERY.equals(run.sourceKind()) && run.idempotencyKey() == null;
  }
}
