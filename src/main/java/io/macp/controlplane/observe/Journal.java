// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.log.LogFields;
import io.macp.controlplane.run.Command;
import io.macp.controlplane.run.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A follower's pen: what it records reaches the log even when the database is away for a while.
 * Until then the follower waits, and with it the stream, so nothing piles up and nothing is lost.
 */
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Surroundings world;
  private final UUID runId;
  private final long fence;
  private final Inbox inbox;

  /**
   * For a follower.
   *
   * @param fence what the follower was given when the run became its own
   */
  Journal(Surroundings world, UUID runId, long fence, Inbox inbox) {
    this.world = world;
    this.runId = runId;
    this.fence = fence;
    this.inbox = inbox;
  }

  /** Records facts in order; the answer is the run after them. */
  RunRecord record(List<RawEvent> facts) {
    return switch (add(facts.stream().<Ledger.Entry>map(Ledger.Fact::new).toList())) {
      case Outcome.Applied applied -> applied.run();
      case Outcome.Unchanged unchanged -> unchanged.run();
      case Outcome.Refused refused -> throw new LetGo("the run is gone");
    };
  }

  Outcome execute(Command command) {
    return add(List.of(new Ledger.Order(command)));
  }

  /** Adds entries in order, unless another has become the follower meanwhile. */
  Outcome add(List<Ledger.Entry> entries) {
    Outcome outcome = persist(() -> world.ledger().add(runId, entries, fence));
    if (outcome instanceof Outcome.Applied applied) {
      LogFields.put("seq", applied.run().lastEventSeq());
    }
    if (outcome instanceof Outcome.Refused refused
        && refused.rejection() instanceof Rejection.NotOwner other) {
      throw new LetGo(other.message(), LetGo.Why.TAKEN);
    }
    return outcome;
  }

  RunRecord run() {
    return persist(() -> world.runs().find(runId)).orElseThrow(() -> new LetGo("the run is gone"));
  }

  /** Does it until the database has done it. */
  <T> T persist(Supplier<T> work) {
    Backoff backoff = new Backoff(Duration.ofMillis(50), LONGEST_WAIT, world.chance());
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        if (!DatabaseOutage.caused(e)) {
          throw e;
        }
        if (attempt == 1) {
          LOG.log(
              System.Logger.Level.WARNING,
              "run {0}: waiting for the database: {1}",
              runId,
              DatabaseOutage.words(e));
        }
      }
      wait(backoff.wait(attempt));
    }
  }

  /** Frames that wait in the inbox are kept: they were requested and still have to be recorded. */
  private void wait(Duration patience) {
    if (inbox.isStopped()) {
      throw new LetGo("stopped while the database was away");
    }
    try {
      Thread.sleep(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LetGo("interrupted while the database was away");
    }
  }
}
