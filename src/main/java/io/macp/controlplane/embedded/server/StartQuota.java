// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.controlplane.embedded.message.Rejection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How many open sessions an identity may have started (section 10.2). Starts of one bounded
 * identity wait for each other, so that two of them cannot take the last place; identities share a
 * fixed number of locks. Thread-safe.
 */
final class StartQuota {
  private static final int LOCKS = 64;

  private final SessionDirectory directory;
  private final Clock clock;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  StartQuota(SessionDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Runs a start with the check that it must make before it takes effect. */
  Outcome within(Identity identity, Function<Supplier<Optional<Rejection>>, Outcome> start) {
    if (identity.maxOpenSessions().isEmpty()) {
      return start.apply(Optional::empty);
    }
    int most = identity.maxOpenSessions().getAsInt();
    ReentrantLock lock = locks.get(Math.floorMod(identity.sender().hashCode(), LOCKS));
    lock.lock();
    try {
      return start.apply(() -> check(identity.sender(), most));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Rejection> check(String sender, int most) {
    long now = clock.millis();
    long open =
        directory.all().stream()
            .flatMap(cell -> cell.snapshot().stream())
            .filter(session -> isOpen(session, now))
            .filter(session -> session.terms().initiator().equals(sender))
            .count();
    return open < most
        ? Optional.empty()
        : Optional.of(
            Rejection.of(
                Rejection.Code.RATE_LIMITED,
                sender + " may have at most " + most + " open sessions, and has " + open));
  }

  private static boolean isOpen(Session session, long now) {
    return session.state() == SessionState.OPEN && now <= session.timing().deadlineMs();
  }
}
