// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.initiator.Initiator;
import io.macp.controlplane.initiator.OutboundMessage;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.run.Run;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Says what is queued for a run, in order, each until it is accepted or was tried often enough
 * (control-plane contract, section 6.3): the kickoff of a launched run, and what an earlier process
 * had not finished saying. Used by the one follower.
 */
final class Kickoff {
  private static final System.Logger LOG = System.getLogger(Kickoff.class.getName());
  private static final Duration BASE = Duration.ofMillis(250);
  private static final Duration MOST = Duration.ofSeconds(5);

  private final Surroundings world;
  private final Journal journal;
  private final Inbox inbox;

  Kickoff(Surroundings world, Journal journal, Inbox inbox) {
    this.world = world;
    this.journal = journal;
    this.inbox = inbox;
  }

  /**
   * Says everything; answers why the run failed, when a message of its kickoff was not accepted.
   */
  Optional<Run.Failure> sayQueued(RunRecord run) {
    Initiator initiator = world.initiator();
    if (!initiator.isOn()) {
      return Optional.empty();
    }
    List<OutboundMessage> queued = journal.persist(() -> initiator.messages().queued(run));
    for (OutboundMessage message : queued) {
      RawEvent.SendAck answer = say(message);
      journal.persist(
          () -> {
            initiator.messages().settle(message, answer, Outcome.Witness.NONE);
            return message;
          });
      if (!answer.ok() && message.category() == OutboundMessage.Category.KICKOFF) {
        return Optional.of(failure(message, answer));
      }
    }
    return Optional.empty();
  }

  /** Forgets what nobody needs to hear any more, once the run has ended. */
  void withdraw(UUID runId) {
    if (world.initiator().isOn()) {
      world.initiator().messages().withdrawIfEnded(runId, world.clock().instant());
    }
  }

  private RawEvent.SendAck say(OutboundMessage message) {
    Backoff backoff = new Backoff(BASE, MOST, world.chance());
    for (int attempt = 0; ; attempt++) {
      Initiator.Said said = world.initiator().say(message);
      if (said.answer().ok() || attempt >= world.initiator().kickoffRetries()) {
        return said.answer();
      }
      LOG.log(
          System.Logger.Level.INFO,
          "run {0}: message {1} was not accepted at attempt {2}",
          message.runId(),
          message.messageId(),
          attempt + 1);
      pause(backoff.wait(attempt));
      said.trouble().ifPresent(trouble -> closeBreaker());
    }
  }

  /** Changes of the session do not shorten the wait; a stop does. */
  private void pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (System.nanoTime() - end < 0) {
      inbox.pause(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      if (inbox.isStopped()) {
        throw new LetGo("stopped while the kickoff was sent");
      }
    }
  }

  /** The probe goes past an open breaker, and closes it when the runtime is back. */
  private void closeBreaker() {
    try {
      world.runtime().find().ifPresent(runtime -> runtime.probe());
    } catch (RuntimeCallFailed stillAway) {
      LOG.log(System.Logger.Level.DEBUG, "the runtime is still away", stillAway);
    }
  }

  private static Run.Failure failure(OutboundMessage message, RawEvent.SendAck answer) {
    String why =
        answer.refusal().map(refusal -> refusal.code() + ": " + refusal.message()).orElse("");
    return new Run.Failure(
        "KICKOFF_FAILED",
        "kickoff message %s (%s of %s) was not accepted: %s"
            .formatted(message.position() + 1, message.messageType(), message.sender(), why));
  }
}
