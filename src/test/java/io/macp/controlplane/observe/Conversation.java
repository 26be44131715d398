// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.testing.SeededHistory;
import io.macp.v1.Envelope;
import io.macp.v1.SessionState;
import java.util.List;

/** What the agents of a session say, the same for the same seed. For one thread. */
public final class Conversation {
  private final FakeSession session;
  private final SeededHistory history;

  public Conversation(FakeSession session, String sessionId, long seed) {
    this.session = session;
    this.history = new SeededHistory(sessionId, seed);
  }

  /** Some more messages are accepted. */
  public Conversation says(int count) {
    history.next(count).forEach(session::accept);
    return this;
  }

  /** The message that resolves the session is accepted. */
  public Conversation commits() {
    session.accept(history.commitment());
    return this;
  }

  /** A commitment, and the session is resolved. */
  public Conversation resolves() {
    commits();
    session.become(SessionState.SESSION_STATE_RESOLVED);
    return this;
  }

  FakeSession session() {
    return session;
  }

  List<String> accepted() {
    return session.history().stream().map(Envelope::getMessageId).toList();
  }
}
