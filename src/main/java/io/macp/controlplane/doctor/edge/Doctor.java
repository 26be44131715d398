// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.edge;

import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Finding;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.work.Background;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Asks all sources at once and waits for none longer than the limit: one that fails or gives no
 * answer is a finding itself. Thread-safe.
 */
@SharedInstance
class Doctor {
  static final Duration LIMIT = Duration.ofMillis(2_500);
  private static final System.Logger LOG = System.getLogger(Doctor.class.getName());

  private final List<Source> sources;
  private final Background background;
  private final Clock clock;

  @Inject
  Doctor(@Any Instance<Source> sources, Background background, Clock clock) {
    this(sources.stream(), background, clock);
  }

  Doctor(Stream<Source> sources, Background background, Clock clock) {
    this.sources = sources.toList();
    this.background = background;
    this.clock = clock;
  }

  private record Question(String name, FutureTask<List<Finding>> task) {}

  /** What is wrong with the installation. */
  Report examine() {
    List<Question> questions =
        sources.stream().map(source -> ask(source.name(), source::look)).toList();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<Finding> found = new ArrayList<>();
    questions.forEach(question -> found.addAll(answer(question, deadline)));
    return Report.of(clock.instant(), Registry.OF_INSTALLATION.size(), found);
  }

  /** What one look finds, within the limit. */
  Report examine(String name, int checks, Callable<List<Finding>> look) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    return Report.of(clock.instant(), checks, answer(ask(name, look), deadline));
  }

  private Question ask(String name, Callable<List<Finding>> look) {
    Question question = new Question(name, new FutureTask<>(look));
    background.start(question.task);
    return question;
  }

  private static List<Finding> answer(Question question, long deadline) {
    try {
      return question.task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      question.task.cancel(true);
      return unanswered(question, "no answer within " + LIMIT.toMillis() + " ms");
    } catch (ExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "a look of the doctor failed", e.getCause());
      return unanswered(question, "failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unanswered(question, "interrupted");
    }
  }

  private static List<Finding> unanswered(Question question, String why) {
    Evidence evidence = Evidence.of("side", question.name).and("why", why);
    return List.of(new Finding(Registry.CHECK_FAILED, evidence));
  }
}
