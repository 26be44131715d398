// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Agents that coordinate all at once, each in its session, whatever happens to the runtime. They
 * talk on until they are told to come to an end, so that no fault of a test comes too late.
 */
final class Crowd implements AutoCloseable {
  private static final long PAUSE_NANOS = 40_000_000;
  private static final int PATIENCE_SECONDS = 180;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<OutsideAgent> agents = new ArrayList<>();
  private final List<Future<?>> work = new ArrayList<>();
  private volatile boolean finishing;

  private Crowd() {}

  /** Begins at once: everyone opens a session and makes one proposal after the other. */
  static Crowd at(int port, int sessions) {
    Crowd crowd = new Crowd();
    for (int i = 0; i < sessions; i++) {
      OutsideAgent agent = OutsideAgent.at(port);
      crowd.agents.add(agent);
      crowd.work.add(crowd.threads.submit(() -> crowd.coordinate(agent)));
    }
    return crowd;
  }

  private void coordinate(OutsideAgent agent) {
    agent.open();
    for (int i = 0; i == 0 || !finishing; i++) {
      agent.propose("p" + i);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    agent.vote("p0");
    agent.commit();
  }

  /** Waits until so many more messages are accepted than when asked. */
  void awaitMore(int count) {
    int target = accepted() + count;
    Patience.until(
        () -> target + " messages are accepted, but only " + accepted(),
        () -> accepted() >= target);
  }

  /** Waits until each session is a run that is being followed. */
  void awaitFollowed(Api api) {
    agents.forEach(agent -> api.awaitStatus(agent.sessionId(), "running"));
  }

  private int accepted() {
    return agents.stream().mapToInt(agent -> agent.accepted().size()).sum();
  }

  /** Lets everybody vote and commit, and waits until they have. */
  void finish() {
    finishing = true;
    for (Future<?> one : work) {
      try {
        one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Everything that was acknowledged is in the log, once and in order, and every run ended. */
  void assertRecorded(Api api) {
    for (OutsideAgent agent : agents) {
      api.awaitStatus(agent.sessionId(), "completed");
      assertThat(api.messages(agent.sessionId())).isEqualTo(agent.accepted());
      assertThat(api.events(agent.sessionId()))
          .extracting(event -> event.get("type") + " " + event.get("subjectId"))
          .filteredOn(event -> !event.startsWith("session.") && !event.startsWith("proposal."))
          .doesNotHaveDuplicates();
      assertThat(api.events(agent.sessionId())).extracting(Api::seq).isSorted();
    }
  }

  @Override
  public void close() {
    agents.forEach(OutsideAgent::close);
    threads.shutdownNow();
  }
}
