// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.work;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Starts long-running work, one virtual thread each, with the application's context: names,
 * settings and the data source work inside as in a request. Thread-safe.
 */
@SharedInstance
public final class Background {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final UnaryOperator<Runnable> context;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("macp-", 0).factory());

  @Inject
  Background(ContextService contexts) {
    this(contexts::contextualRunnable);
  }

  /** Without a container. */
  public Background() {
    this(UnaryOperator.identity());
  }

  private Background(UnaryOperator<Runnable> context) {
    this.context = context;
  }

  /** Starts the work and returns at once. Work that comes after the end is not started. */
  public void start(Runnable work) {
    try {
      threads.execute(guarded(work));
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "work that came after the end was not started");
    }
  }

  /** Asks something that may take long, in a thread of its own, and returns at once. */
  public <T> Question<T> ask(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    start(task);
    return new Question<>(task);
  }

  /** Something that was asked. */
  public static final class Question<T> {
    private final FutureTask<T> task;

    private Question(FutureTask<T> task) {
      this.task = task;
    }

    /**
     * The answer; empty, and whoever works at it interrupted, when there is none within that time
     * from now or the work failed.
     */
    public Optional<T> within(Duration patience) {
      try {
        return Optional.of(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException | ExecutionException e) {
        task.cancel(true);
      } catch (InterruptedException e) {
        task.cancel(true);
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
  }

  /**
   * Taking the context off may fail when the work is done: a transaction that was open when the
   * database went away cannot be rolled back any more, and need not be.
   */
  private Runnable guarded(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    Runnable contextual =
        context.apply(
            () -> {
              work.run();
              done.set(true);
            });
    return () -> {
      try {
        contextual.run();
      } catch (RuntimeException e) {
        LOG.log(
            done.get() ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
            "background work ended badly",
            e);
      }
    };
  }

  /** Waits for the work that was told to end elsewhere, at most so long. */
  public void awaitEnd(Duration bound) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** The platform's context service. */
  @SharedInstance
  static class Contexts {
    @Produces
    @Resource
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ContextService contexts;
  }
}
