// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client is told when a request cannot be served (control-plane contract, sections 1.4 and
 * 1.5). Holds no internals: no class names, SQL, paths or secrets.
 *
 * @param code stable code
 * @param status HTTP status
 * @param detail one sentence
 * @param fieldErrors one sentence per wrong field; empty when the problem is not about fields
 * @param facts what a program may want to read, in JSON terms
 * @param retryAfter when trying again makes sense
 */
public record Problem(
    ErrorCode code,
    int status,
    String detail,
    List<String> fieldErrors,
    Map<String, Object> facts,
    Optional<Duration> retryAfter) {

  public Problem {
    fieldErrors = List.copyOf(fieldErrors);
    facts = Map.copyOf(facts);
  }

  /** A problem with the usual status of its code. */
  public static Problem of(ErrorCode code, String message) {
    return new Problem(code, code.status(), message, List.of(), Map.of(), Optional.empty());
  }

  /** One or more wrong fields. */
  public static Problem invalid(List<String> messages) {
    return new Problem(
        ErrorCode.VALIDATION_ERROR,
        400,
        String.join("; ", messages),
        messages,
        Map.of(),
        Optional.empty());
  }

  /** The same problem under another HTTP status, where the contract fixes one. */
  public Problem withStatus(int other) {
    return new Problem(code, other, detail, fieldErrors, facts, retryAfter);
  }

  /** The same problem with one more fact. */
  public Problem with(String name, Object fact) {
    Map<String, Object> more = new TreeMap<>(facts);
    more.put(name, fact);
    return new Problem(code, status, detail, fieldErrors, more, retryAfter);
  }

  /** The same problem with a hint when to try again. */
  public Problem retryAfter(Duration wait) {
    return new Problem(code, status, detail, fieldErrors, facts, Optional.of(wait));
  }

  /** This problem as an exception that the edge turns into an answer. */
  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** A failure that knows what a client is to be told of it. */
  public interface Cause {
    Problem toProblem();
  }

  /** Carries a problem from the edge code that found it to the mapper that answers. */
  public static final class ProblemException extends RuntimeException implements Cause {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    ProblemException(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }

    @Override
    public Problem toProblem() {
      return problem;
    }
  }
}
