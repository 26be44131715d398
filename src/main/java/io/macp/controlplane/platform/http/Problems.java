// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Finds out which problem lies behind an exception. Says nothing of the exception's own words. */
final class Problems {
  private static final int MAX_CAUSES = 8;

  private Problems() {}

  static Problem of(Throwable failure, String method, String path) {
    // A reader's exception arrives wrapped by the container.
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof Problem.Cause known) {
        return known.toProblem();
      }
      if (cause instanceof SQLException || cause instanceof PersistenceException) {
        return Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "the database is not available");
      }
      cause = cause.getCause();
    }
    return failure instanceof WebApplicationException e
        ? ofStatus(e.getResponse().getStatus(), method, path)
        : internal();
  }

  static Problem ofStatus(int status, String method, String path) {
    return switch (status) {
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, "Cannot " + method + " " + path);
      case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, method + " is not allowed on " + path);
      case 406 -> Problem.of(ErrorCode.NOT_ACCEPTABLE, "no acceptable media type for " + path);
      case 401 -> Problem.of(ErrorCode.UNAUTHORIZED, "Unauthorized");
      case 403 -> Problem.of(ErrorCode.FORBIDDEN, "Forbidden");
      case 413 -> Problem.of(ErrorCode.PAYLOAD_TOO_LARGE, "request body is too large");
      case 503 -> Problem.of(ErrorCode.RUNTIME_UNAVAILABLE, "Service unavailable").withStatus(503);
      default -> status >= 400 && status < 500 ? badRequest() : internal();
    };
  }

  private static Problem badRequest() {
    return Problem.of(
        ErrorCode.VALIDATION_ERROR, "the path, the query or a header of the request is malformed");
  }

  static Problem internal() {
    return Problem.of(ErrorCode.INTERNAL_ERROR, "Internal server error");
  }
}
