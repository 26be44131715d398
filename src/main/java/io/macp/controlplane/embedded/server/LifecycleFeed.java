// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.identity.Identity;
import io.macp.v1.SessionLifecycleEvent;
import io.macp.v1.SessionLifecycleEvent.EventType;
import io.macp.v1.SessionMetadata;
import io.macp.v1.WatchSessionsResponse;
import java.util.List;
import java.util.Optional;

/**
 * Tells watchers of sessions that come, change state and end (MACP contract, section 7). Events
 * carry the metadata of their own transition, taken under the session's lock. Thread-safe.
 */
final class LifecycleFeed {
  private final SessionDirectory directory;
  private final Broadcast<WatchSessionsResponse> broadcast = new Broadcast<>();

  LifecycleFeed(SessionDirectory directory) {
    this.directory = directory;
  }

  /** Every known session the caller may see as CREATED, then what happens from now on. */
  void join(Outlet<WatchSessionsResponse> outlet, Identity caller) {
    broadcast.join(outlet, frame -> isVisible(frame.getEvent().getSession(), caller), this::known);
  }

  private List<WatchSessionsResponse> known() {
    return directory.all().stream()
        .filter(SessionCell::isAnnounced)
        .flatMap(cell -> cell.snapshot().stream())
        .map(s -> frame(EventType.EVENT_TYPE_CREATED, s, s.timing().startedAtMs()))
        .toList();
  }

  /** Publishes what an entry means for the session's life, if anything. */
  void publish(SessionCell cell, Session after, LogEntry entry) {
    Optional<EventType> type = type(after, entry);
    if (type.isPresent()) {
      broadcast.publish(cell::announce, () -> frame(type.get(), after, entry.acceptedAtMs()));
    }
  }

  static boolean isVisible(SessionMetadata session, Identity caller) {
    return caller.may(Identity.Right.OBSERVE)
        || session.getInitiator().equals(caller.sender())
        || session.getParticipantsList().contains(caller.sender());
  }

  private static Optional<EventType> type(Session after, LogEntry entry) {
    return switch (entry) {
      case LogEntry.Started started -> Optional.of(EventType.EVENT_TYPE_CREATED);
      case LogEntry.Accepted accepted ->
          after.state().isTerminal()
              ? Optional.of(EventType.EVENT_TYPE_RESOLVED)
              : Optional.empty();
      case LogEntry.Emitted emitted -> Optional.empty();
      case LogEntry.Suspended suspended -> Optional.of(EventType.EVENT_TYPE_SUSPENDED);
      case LogEntry.Resumed resumed -> Optional.of(EventType.EVENT_TYPE_RESUMED);
      case LogEntry.Cancelled cancelled -> Optional.of(EventType.EVENT_TYPE_CANCELLED);
      case LogEntry.Expired expired -> Optional.of(EventType.EVENT_TYPE_EXPIRED);
    };
  }

  private static WatchSessionsResponse frame(EventType type, Session session, long atMs) {
    return WatchSessionsResponse.newBuilder()
        .setEvent(
            SessionLifecycleEvent.newBuilder()
                .setEventType(type)
                .setSession(Wire.metadata(session))
                .setObservedAtUnixMs(atMs))
        .build();
  }
}
