// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The database did not do what was asked; nothing of the transaction was kept, as far as known. */
public final class DatabaseFailure extends RuntimeException implements Problem.Cause {
  private static final long serialVersionUID = 1L;
  private static final String UNIQUE_VIOLATION = "23505";

  private final String sqlState;

  public DatabaseFailure(SQLException cause) {
    super("database: " + firstLine(real(cause)), real(cause));
    this.sqlState = Optional.ofNullable(cause.getSQLState()).orElse("");
  }

  /** A failed batch quotes its statement with all values, which are for nobody's log. */
  private static SQLException real(SQLException cause) {
    SQLException next = cause.getNextException();
    return cause instanceof BatchUpdateException && next != null ? next : cause;
  }

  /**
   * Whether the same work may succeed later without a change: connection trouble, shutdown,
   * deadlock, lack of resources. Data errors and constraint violations never do.
   */
  public boolean isTransient() {
    String kind = sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
    return switch (kind) {
      case "22", "23", "42", "0A" -> false;
      default -> true;
    };
  }

  /** Whether a unique constraint was violated. */
  public boolean isDuplicate() {
    return sqlState.equals(UNIQUE_VIOLATION);
  }

  /** Clients learn whether to come back, and nothing about the database. */
  @Override
  public Problem toProblem() {
    return isTransient()
        ? Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "the database is not available")
            .retryAfter(Duration.ofSeconds(1))
        : Problem.of(ErrorCode.INTERNAL_ERROR, "Internal server error");
  }

  private static String firstLine(SQLException cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("unknown failure");
    return message.lines().findFirst().orElse(message);
  }
}
