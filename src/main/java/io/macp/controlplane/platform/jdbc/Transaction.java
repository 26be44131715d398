// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Work whose outcome outlives what surrounds it: what goes wrong after it was done does not change
 * what came of it. For one thread.
 */
final class Transaction<T> implements Runnable {
  private final Supplier<T> work;
  private Optional<Supplier<T>> outcome = Optional.empty();

  Transaction(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public void run() {
    try {
      T result = work.get();
      outcome = Optional.of(() -> result);
    } catch (RuntimeException e) {
      outcome =
          Optional.of(
              () -> {
                throw e;
              });
    }
  }

  boolean isDone() {
    return outcome.isPresent();
  }

  /** What the work returned; throws what it threw. */
  T result() {
    return outcome.orElseThrow().get();
  }
}
