// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.grpc.Status;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.v1.StreamSessionResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where one session lives in memory. Its lock orders everything that happens to the session; the
 * snapshot may be read without it. All other members are for the holder of the lock.
 */
final class SessionCell {
  private final String id;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Outlet<StreamSessionResponse>> followers = new LinkedHashSet<>();
  private volatile @Nullable Session session;
  private volatile boolean announced;
  private volatile boolean unsure;
  private boolean discarded;

  SessionCell(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** The session as of its last durable entry; absent until its SessionStart is durable. */
  Optional<Session> snapshot() {
    return Optional.ofNullable(session);
  }

  void replace(@Nullable Session next) {
    session = next;
  }

  /** True once watchers have been told of the session. */
  boolean isAnnounced() {
    return announced;
  }

  void announce() {
    announced = true;
  }

  /** True when the last append may or may not be in the log, so that memory must be read again. */
  boolean isUnsure() {
    return unsure;
  }

  void setUnsure(boolean doubtful) {
    unsure = doubtful;
  }

  /** True when the directory has let go of this cell and whoever holds it must look again. */
  boolean isDiscarded() {
    return discarded;
  }

  void discard() {
    discarded = true;
  }

  /** Adds a stream to those that hear of every further envelope. */
  void follow(Outlet<StreamSessionResponse> outlet) {
    if (followers.add(outlet)) {
      outlet.onClosed(() -> unfollow(outlet));
    }
  }

  private void unfollow(Outlet<StreamSessionResponse> outlet) {
    lock.lock();
    try {
      followers.remove(outlet);
    } finally {
      lock.unlock();
    }
  }

  void deliver(Envelope envelope) {
    if (!followers.isEmpty()) {
      StreamSessionResponse frame =
          StreamSessionResponse.newBuilder().setEnvelope(Wire.envelope(envelope)).build();
      followers.forEach(outlet -> outlet.offer(frame));
    }
  }

  void endFollowers(Status status) {
    List.copyOf(followers).forEach(outlet -> outlet.end(status));
  }
}
