// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.key;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.DatabaseFailure;
import io.macp.controlplane.platform.work.Background;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Recognises stored keys. A cache of all active ones, of which there are at most {@code
 * KeyAdministration.MOST_ACTIVE}: without it every request would cost a query. It is read again
 * when it is two seconds old and at once when this instance makes or revokes a key; while the
 * database is away it stays as it is. For use by many threads.
 */
@SharedInstance
public final class KeyRing {
  private static final System.Logger LOG = System.getLogger(KeyRing.class.getName());
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(5);

  private final ApiKeyStore store;
  private final Background background;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();
  private volatile @Nullable Copy copy;

  @Inject
  KeyRing(ApiKeyStore store, Background background, Clock clock) {
    this.store = store;
    this.background = background;
    this.clock = clock;
  }

  private record Copy(ApiKeyStore.Ring ring, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH.toNanos();
    }
  }

  /**
   * Whether no key was ever stored.
   *
   * @throws Problem.ProblemException while nobody knows, because the database was never read
   */
  public boolean isUnused() {
    return !current().everUsed();
  }

  /** The key with this text, if it may be used now. Notes the use, rarely and in the background. */
  public Optional<StoredKey> find(String text) {
    Optional<KeyText> sent = KeyText.find(text);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return Optional.ofNullable(current().byPrefix().get(sent.get().prefix()))
        .filter(lock -> sent.get().matches(lock.hash()))
        .map(ApiKeyStore.Lock::key)
        .filter(key -> key.isValidAt(now))
        .map(key -> noted(key, now));
  }

  /** Forgets what was read, after a change. */
  void forget() {
    // Not between the query and the assignment of somebody who read the rows as they were.
    reading.lock();
    try {
      copy = null;
    } finally {
      reading.unlock();
    }
  }

  private ApiKeyStore.Ring current() {
    Copy known = copy;
    if (known != null && (known.isFresh() || !reading.tryLock())) {
      return known.ring();
    }
    if (known == null) {
      reading.lock();
    }
    try {
      Copy other = copy;
      return other != null && other.isFresh() ? other.ring() : read(other);
    } finally {
      reading.unlock();
    }
  }

  private ApiKeyStore.Ring read(@Nullable Copy old) {
    ApiKeyStore.Ring ring;
    try {
      ring = store.ring(clock.instant());
    } catch (DatabaseFailure e) {
      if (old == null) {
        throw Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "the database is not available")
            .retryAfter(Duration.ofSeconds(1))
            .asException();
      }
      ring = old.ring();
    }
    copy = new Copy(ring, System.nanoTime());
    return ring;
  }

  private StoredKey noted(StoredKey key, Instant now) {
    Instant last = noted.get(key.id());
    if (last == null || last.plus(NOTED_EVERY).isBefore(now)) {
      noted.put(key.id(), now);
      background.start(() -> note(key, now));
    }
    return key;
  }

  private void note(StoredKey key, Instant now) {
    try {
      store.touch(key.id(), now, NOTED_EVERY);
    } catch (DatabaseFailure e) {
      LOG.log(System.Logger.Level.DEBUG, "the use of key {0} was not noted", key.prefix());
    }
  }
}
