// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are kept for a time and then read again, by one caller for all who wait. A key that is
 * not among them makes them be read early, so that an issuer can change keys at any moment; while
 * the issuer does not answer, the old ones serve for one hour more. Thread-safe.
 */
final class RemoteKeys implements IssuerKeys {
  private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());
  private static final Duration GRACE = Duration.ofHours(1);

  /** Least pause before an early reading, and after one that failed. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Source source;
  private final Duration ttl;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile @Nullable Attempt last;

  private record Held(KeyRing ring, long readAtMs) {}

  private record Attempt(long endedAtMs, boolean failed) {}

  /** Reads the keys from where they are published. */
  interface Source extends AutoCloseable {
    /**
     * The keys as they are published now.
     *
     * @throws IOException when there is no usable answer; the message is fit for the log
     */
    KeyRing read() throws IOException;

    @Override
    default void close() {}
  }

  RemoteKeys(Source source, Duration ttl, Clock clock) {
    this.source = source;
    this.ttl = ttl;
    this.clock = clock;
  }

  @Override
  public Optional<KeyRing> find(@Nullable String keyId) {
    readWhen(this::isDue);
    if (keyId != null) {
      readWhen(() -> isUnknown(keyId));
    }
    Held now = held;
    return now != null && isWithin(now.readAtMs(), ttl.plus(GRACE))
        ? Optional.of(now.ring())
        : Optional.empty();
  }

  /** Those who wait for a reading find afterwards that it is no longer needed. */
  private void readWhen(BooleanSupplier needed) {
    if (!needed.getAsBoolean()) {
      return;
    }
    lock.lock();
    try {
      if (needed.getAsBoolean()) {
        read();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    Held now = held;
    Attempt attempt = last;
    boolean fresh = now != null && isWithin(now.readAtMs(), ttl);
    boolean failedLately =
        attempt != null && attempt.failed() && isWithin(attempt.endedAtMs(), PAUSE);
    return !fresh && !failedLately;
  }

  private boolean isUnknown(String keyId) {
    Held now = held;
    Attempt attempt = last;
    boolean lately = attempt != null && isWithin(attempt.endedAtMs(), PAUSE);
    return now != null && !now.ring().holds(keyId) && !lately;
  }

  /** A clock that was set back counts as time that has passed. */
  private boolean isWithin(long sinceMs, Duration span) {
    long age = clock.millis() - sinceMs;
    return age >= 0 && age < span.toMillis();
  }

  private void read() {
    long startedAtMs = clock.millis();
    boolean failed = true;
    try {
      held = new Held(source.read(), startedAtMs);
      failed = false;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "keys of the token issuer could not be read, next attempt in {0} s: {1}",
          PAUSE.toSeconds(),
          e.getMessage());
    } finally {
      last = new Attempt(clock.millis(), failed);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
