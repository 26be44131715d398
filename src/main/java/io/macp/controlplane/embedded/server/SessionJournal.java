// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.LogEntry;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.payload.PayloadEncoder;
import io.macp.controlplane.embedded.store.GroupCommitter;
import io.macp.controlplane.embedded.store.GroupCommitter.PendingEntry;
import io.macp.controlplane.embedded.store.SessionLogStore;
import io.macp.controlplane.embedded.store.StoreException;
import io.macp.v1.StreamSessionResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Connects the kernel with the durable log: append, rebuild, replay. Thread-safe. */
final class SessionJournal {
  private static final System.Logger LOG = System.getLogger(SessionJournal.class.getName());
  private static final int PAGE = 200;

  private final ModeRegistry modes;
  private final SessionLogStore store;
  private final GroupCommitter committer;

  SessionJournal(ModeRegistry modes, SessionLogStore store, GroupCommitter committer) {
    this.modes = modes;
    this.store = store;
    this.committer = committer;
  }

  /** The kernel with the modes that are registered now. */
  SessionMachine machine() {
    return new SessionMachine(modes.catalog());
  }

  /** What the runtime itself must append to a session now; see {@link SessionMachine#due}. */
  Optional<LogEntry> due(Session session, long nowMs) {
    return machine().due(session, nowMs, PayloadEncoder::encode);
  }

  /**
   * Makes an entry durable and returns the session it leads to. When it fails nothing in memory has
   * changed, but whether the entry is in the log is unknown.
   */
  Session append(String id, Optional<Session> before, LogEntry entry) {
    Session after = evolve(before, entry);
    PendingEntry pending =
        new PendingEntry(
            id,
            after.journal().position(),
            after.journal().sequence(),
            entry,
            after.state().isTerminal());
    try {
      committer.append(pending).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException fault ? fault : e;
    }
    return after;
  }

  /** The session after an entry; without a session before, the entry is its SessionStart. */
  Session evolve(Optional<Session> before, LogEntry entry) {
    if (before.isPresent()) {
      return machine().evolve(before.get(), entry);
    }
    if (entry instanceof LogEntry.Started started) {
      return machine().begin(started);
    }
    throw new IllegalStateException("a log begins with a SessionStart");
  }

  /** The log of an id: absent when it was never used, empty when the session has been evicted. */
  Optional<List<LogEntry>> findLog(String id) {
    return store.findLog(id);
  }

  /** What is known about an id without a session: when its history was let go, if it had one. */
  Map<String, Object> absence(String id) {
    try {
      return store
          .findEviction(id)
          .<Map<String, Object>>map(at -> Map.of("evicted_at_unix_ms", at))
          .orElseGet(Map::of);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the past of {0} is unknown: {1}", id, e.getMessage());
      return Map.of();
    }
  }

  /** The session that a log tells of. */
  Optional<Session> replay(List<LogEntry> log) {
    Optional<Session> session = Optional.empty();
    for (LogEntry entry : log) {
      session = Optional.of(evolve(session, entry));
    }
    return session;
  }

  /** Accepted envelopes after one ordinal up to another, page by page as they are written. */
  Outlet.Source<StreamSessionResponse> history(String id, long after, long upTo) {
    return sink -> {
      long from = after;
      while (from < upTo) {
        List<Envelope> page = store.readEnvelopes(new SessionLogStore.Range(id, from, upTo, PAGE));
        if (page.isEmpty()) {
          return;
        }
        for (Envelope envelope : page) {
          StreamSessionResponse frame =
              StreamSessionResponse.newBuilder().setEnvelope(Wire.envelope(envelope)).build();
          if (!sink.write(frame)) {
            return;
          }
        }
        from += page.size();
      }
    };
  }
}
