// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Stops parts one after another; one that hangs or fails does not keep the next from its turn. */
final class OrderedStop {
  private static final Logger LOG = System.getLogger(OrderedStop.class.getName());
  private static final Duration LEAST = Duration.ofMillis(200);

  private final long deadline;

  /** The bound counts from now and covers all parts together. */
  OrderedStop(Duration bound) {
    this.deadline = System.nanoTime() + bound.toNanos();
  }

  void run(List<Stoppable> parts) {
    parts.stream().sorted(Comparator.comparingInt(Stoppable::order)).forEach(this::stop);
  }

  private void stop(Stoppable part) {
    Duration left = Duration.ofNanos(Math.max(LEAST.toNanos(), deadline - System.nanoTime()));
    Thread thread =
        Thread.ofVirtual().name("stop-" + part.order()).start(() -> stopLogged(part, left));
    try {
      if (!thread.join(left)) {
        thread.interrupt();
        LOG.log(Level.WARNING, "{0} did not stop within its time", name(part));
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private static void stopLogged(Stoppable part, Duration left) {
    try {
      part.stop(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Stopping " + name(part) + " has failed", e);
    }
  }

  private static String name(Stoppable part) {
    String name = part.getClass().getSimpleName();
    int proxy = name.indexOf('$');
    return proxy > 0 ? name.substring(0, proxy) : name;
  }
}
