// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.ops.ReadinessPart.Finding;
import io.macp.controlplane.ops.database.DatabaseGate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the database and every part, all at once and each for at most a second. Thread-safe. */
@ApplicationScoped
class Readiness {
  private static final Logger LOG = System.getLogger(Readiness.class.getName());
  private static final Duration LIMIT = Duration.ofMillis(900);

  private final DatabaseGate database;
  private final Instance<ReadinessPart> parts;

  @Inject
  Readiness(DatabaseGate database, @Any Instance<ReadinessPart> parts) {
    this.database = database;
    this.parts = parts;
  }

  /**
   * What was found.
   *
   * @param findings by name of the part, the database first
   */
  record Report(Map<String, Finding> findings) {
    boolean ok() {
      return findings.values().stream().allMatch(Finding::ok);
    }

    /** The body of {@code /readyz}. */
    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("ok", ok());
      findings.forEach((name, finding) -> body.put(name, finding.shown()));
      return body;
    }
  }

  private record Question(ReadinessPart part, FutureTask<Finding> task) {}

  Report report() {
    List<Question> questions =
        parts.stream()
            .sorted(Comparator.comparingInt(Readiness::place))
            .map(Readiness::ask)
            .toList();
    Map<String, Finding> findings = new LinkedHashMap<>();
    boolean database = this.database.ready();
    findings.put("database", new Finding(database, database ? "ok" : "unhealthy"));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (Question question : questions) {
      findings.put(question.part.name(), answer(question, deadline - System.nanoTime()));
    }
    return new Report(findings);
  }

  /** The order that readers of the body know; parts of our own come after it. */
  private static int place(ReadinessPart part) {
    int known = List.of("runtime", "streamConsumer", "circuitBreaker").indexOf(part.name());
    return known < 0 ? Integer.MAX_VALUE : known;
  }

  private static Question ask(ReadinessPart part) {
    FutureTask<Finding> task = new FutureTask<>(part::check);
    Thread.ofVirtual().name("readiness-" + part.name()).start(task);
    return new Question(part, task);
  }

  private static Finding answer(Question question, long nanos) {
    try {
      return question.task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      question.task.cancel(true);
    } catch (ExecutionException e) {
      LOG.log(
          Level.WARNING, "The readiness of " + question.part.name() + " is unknown", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return question.part.unanswered();
  }
}
