// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.jdbc.Writes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One change that somebody asks for, from the asking to its row. A change in the database is
 * recorded in its own transaction by {@link #record}; whatever ended otherwise is recorded by
 * {@link #during} right after. Nothing told to it may be a secret. For one thread.
 */
public final class Attempt {
  private static final System.Logger LOG = System.getLogger(Attempt.class.getName());
  private static final int LONGEST_ID = 255;

  private final AuditStore store;
  private final Asked asked;
  private final Ids ids;
  private final Clock clock;
  private final Map<String, @Nullable Object> details = new LinkedHashMap<>();
  private @Nullable String resourceId;
  private AuditOutcome ending = AuditOutcome.APPLIED;
  private boolean recorded;

  Attempt(AuditStore store, Asked asked, Ids ids, Clock clock) {
    this.store = store;
    this.asked = asked;
    this.ids = ids;
    this.clock = clock;
  }

  /** What is known from the beginning. */
  record Asked(AuditAction action, String actor, String actorType, Optional<String> requestId) {}

  /** Names the thing that is changed. */
  public Attempt on(Object id) {
    String text = storable(id.toString());
    resourceId =
        text.codePointCount(0, text.length()) > LONGEST_ID
            ? text.substring(0, text.offsetByCodePoints(0, LONGEST_ID))
            : text;
    return this;
  }

  /** A fact about what was asked, in JSON terms. */
  public Attempt with(String name, Object fact) {
    details.put(name, fact);
    return this;
  }

  /** What the thing was before, in JSON terms. */
  public Attempt before(Map<String, ? extends @Nullable Object> tree) {
    details.put("before", tree);
    return this;
  }

  /** What the thing is after, in JSON terms. */
  public Attempt after(Map<String, ? extends @Nullable Object> tree) {
    details.put("after", tree);
    return this;
  }

  /**
   * Why it was not done. What clients are told of a failure may quote addresses, so it stays out.
   */
  public Attempt because(Problem problem) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("errorCode", problem.code().name());
    error.put("statusCode", problem.status());
    if (outcome(problem) == AuditOutcome.REFUSED) {
      error.put("message", storable(problem.detail()));
    }
    details.put("error", error);
    return this;
  }

  /** Nothing was left to do, so a good end changes nothing. */
  public void unchanged() {
    ending = AuditOutcome.UNCHANGED;
  }

  /** Records the end in the transaction of the change itself. */
  public void record(Writes writes, AuditOutcome outcome) throws SQLException {
    store.append(writes, row(outcome));
    recorded = true;
  }

  /** Does the work, and records its end unless that happened in the work's own transaction. */
  public <T> T during(Supplier<T> work) {
    try {
      T result = work.get();
      if (!recorded) {
        recordAfterwards(ending);
      }
      return result;
    } catch (RuntimeException e) {
      // With its transaction a row is gone as well.
      if (!recorded || e instanceof DatabaseFailure) {
        Problem problem = problem(e);
        because(problem);
        recordAfterwards(outcome(problem));
      }
      throw e;
    }
  }

  /** What a neighbour wrote may hold the one character that the database does not. */
  private static String storable(String text) {
    return text.replace('\u0000', '\uFFFD');
  }

  private static Problem problem(RuntimeException e) {
    return e instanceof Problem.Cause known
        ? known.toProblem()
        : Problem.of(ErrorCode.INTERNAL_ERROR, "Internal server error");
  }

  private static AuditOutcome outcome(Problem problem) {
    return problem.status() >= 500 ? AuditOutcome.FAILED : AuditOutcome.REFUSED;
  }

  /** The change has ended, one way or the other; a row that cannot be written does not undo it. */
  private void recordAfterwards(AuditOutcome outcome) {
    try {
      store.append(row(outcome));
    } catch (DatabaseFailure e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "audit: {0} {1} by {2} was {3}, request {4}, and could not be recorded: {5}",
          asked.action().wireName(),
          resourceId,
          asked.actor(),
          outcome.wireName(),
          asked.requestId().orElse(""),
          e.getMessage());
    }
  }

  private AuditRecord row(AuditOutcome outcome) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("outcome", outcome.wireName());
    told.putAll(details);
    return new AuditRecord(
        ids.ordered(),
        asked.actor(),
        asked.actorType(),
        asked.action().wireName(),
        asked.action().resource(),
        resourceId,
        Json.write(told),
        asked.requestId().orElse(null),
        clock.instant());
  }
}
