// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.faults;

import io.macp.controlplane.runtime.FakeSession;
import io.macp.controlplane.testing.SeededHistory;
import io.macp.controlplane.testing.Tally;
import io.macp.v1.Envelope;
import io.macp.v1.SessionState;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A session in which agents talk until they are to commit, and who listens to its run. */
final class Talk implements Runnable {
  private static final long PAUSE_NANOS = 50_000_000;

  private final UUID run;
  private final FakeSession session;
  private final SeededHistory history;
  private final List<Subscriber> subscribers;
  private final AtomicInteger said = new AtomicInteger();
  private volatile boolean finishing;

  Talk(UUID run, FakeSession session, SeededHistory history, List<Subscriber> subscribers) {
    this.run = run;
    this.session = session;
    this.history = history;
    this.subscribers = subscribers;
  }

  /** Talks at twenty messages a second. */
  @Override
  public void run() {
    while (!finishing) {
      says();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    session.accept(history.commitment());
    session.become(SessionState.SESSION_STATE_RESOLVED);
  }

  private void says() {
    session.accept(history.next());
    said.incrementAndGet();
  }

  /** Says much at once. */
  void speech(int messages, int length) {
    history.lengthy(messages, length).forEach(session::accept);
    said.addAndGet(messages);
  }

  void finish() {
    finishing = true;
  }

  UUID id() {
    return run;
  }

  FakeSession session() {
    return session;
  }

  /** How many messages the runtime has accepted, but for the last. */
  int said() {
    return said.get();
  }

  /** Whether everybody who listens has had so many messages. */
  boolean isHeard(int messages) {
    return subscribers.stream().allMatch(each -> each.messages() >= messages);
  }

  /** Whether everybody was told the end. */
  boolean isOver() {
    return subscribers.stream().allMatch(Subscriber::isOver);
  }

  Tally tally(Scene scene) {
    List<String> accepted = session.history().stream().map(Envelope::getMessageId).toList();
    return scene
        .checker()
        .tally(run, accepted, subscribers.stream().map(Subscriber::numbers).toList());
  }

  /** Where it stands, for whoever waits in vain. */
  @Override
  public String toString() {
    return "run %s: said %d, heard %s, over %s"
        .formatted(run, said(), subscribers.stream().map(Subscriber::messages).toList(), isOver());
  }
}
