// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.StreamListener;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps a watch of the runtime open: handles its frames one after the other and connects again some
 * time after it broke. What was missed meanwhile is the runtime's to repeat.
 *
 * @param <F> kind of frame
 */
final class Watch<F> implements Runnable {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int WINDOW = 64;

  private final String name;
  private final Function<StreamListener<F>, Subscription> subscribe;
  private final Consumer<F> handle;
  private final LinkedBlockingQueue<Item<F>> items = new LinkedBlockingQueue<>();
  private volatile boolean stopped;
  private boolean troubled;

  Watch(String name, Function<StreamListener<F>, Subscription> subscribe, Consumer<F> handle) {
    this.name = name;
    this.subscribe = subscribe;
    this.handle = handle;
  }

  private sealed interface Item<F> {}

  private record Frame<F>(F content) implements Item<F> {}

  private record End<F>(String cause) implements Item<F> {}

  /** Ends the watch soon. */
  void stop() {
    stopped = true;
    items.add(new End<>("stopped"));
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        connected();
      } catch (RuntimeException e) {
        report(String.valueOf(e.getMessage()));
      }
      pause();
    }
  }

  private void connected() {
    items.clear();
    Subscription subscription = subscribe.apply(new Into());
    try {
      subscription.request(WINDOW);
      while (!stopped) {
        switch (items.take()) {
          case Frame<F>(F content) -> {
            troubled = false;
            handled(content);
            subscription.request(1);
          }
          case End<F>(String cause) -> {
            report(cause);
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    } finally {
      subscription.cancel();
    }
  }

  /** A frame waits for the database; one that cannot be taken in stops no other. */
  private void handled(F content) {
    try {
      DatabaseOutage.outlasted(name, () -> stopped, () -> handle.accept(content));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, name + ": a frame could not be taken in", e);
    }
  }

  private void report(String cause) {
    if (!stopped && !troubled) {
      troubled = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} interrupted, connecting again every {1} s: {2}",
          name,
          PAUSE.toSeconds(),
          cause);
    }
  }

  private void pause() {
    long end = System.nanoTime() + PAUSE.toNanos();
    while (!stopped && System.nanoTime() - end < 0) {
      try {
        items.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped = true;
      }
    }
  }

  /** Puts what the runtime delivers in line. */
  private final class Into implements StreamListener<F> {
    @Override
    public void onFrame(F frame) {
      items.add(new Frame<>(frame));
    }

    @Override
    public void completed() {
      items.add(new End<>("the runtime ended the stream"));
    }

    @Override
    public void failed(RuntimeCallFailed failure) {
      items.add(new End<>(String.valueOf(failure.getMessage())));
    }
  }
}
