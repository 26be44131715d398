// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.platform.work.Background;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The agents of one session, each on a thread of its own. When one fails, the others are dismissed
 * and the runtime lets the session expire; no other performance notices. Thread-safe.
 */
final class Performance {
  private static final System.Logger LOG = System.getLogger(Performance.class.getName());

  private final Scene scene;
  private final List<Agent> agents;
  private final CountDownLatch playing;

  Performance(Scene scene, String address, Background background) {
    this.scene = scene;
    this.agents =
        scene.script().parts().stream()
            .map(
                part ->
                    new Agent(
                        part, scene, new AgentClient(address, part.agent(), background::start)))
            .toList();
    this.playing = new CountDownLatch(agents.size());
  }

  /** Starts all agents and returns; {@code atEnd} runs once, when the last one has left. */
  void begin(Background background, Runnable atEnd) {
    for (Agent agent : agents) {
      background.start(() -> play(agent, atEnd));
    }
  }

  private void play(Agent agent, Runnable atEnd) {
    try {
      agent.play();
    } catch (Dismissed e) {
      LOG.log(System.Logger.Level.DEBUG, "demo session {0}: dismissed", scene.sessionId());
    } catch (AgentFailed e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "demo {0}, session {1}: {2} failed: {3}",
          scene.script().id(),
          scene.sessionId(),
          agent.name(),
          e.getMessage());
      dismiss();
    } finally {
      left(atEnd);
    }
  }

  private synchronized void left(Runnable atEnd) {
    // Whoever waits for the end finds everything put away.
    if (playing.getCount() > 1) {
      playing.countDown();
      return;
    }
    try {
      atEnd.run();
    } finally {
      playing.countDown();
    }
  }

  /** Makes all agents leave at once. */
  void dismiss() {
    agents.forEach(Agent::dismiss);
  }

  /** Waits until all have left; false when some are still there after that time. */
  boolean awaitEnd(Duration bound) throws InterruptedException {
    return playing.await(Math.max(0, bound.toNanos()), TimeUnit.NANOSECONDS);
  }
}
