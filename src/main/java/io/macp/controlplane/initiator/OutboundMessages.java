// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.initiator;

import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.RecordingConfig;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.jdbc.Database;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane says itself: kept before it is sent, ended in the transaction that records
 * the answer. Whatever is still queued after a crash is sent again under the same message id.
 * Thread-safe. Throws {@code DatabaseFailure} when nothing was kept.
 */
@SharedInstance
public final class OutboundMessages {
  static final String ACCEPTED = "accepted";
  private static final String REJECTED = "rejected";

  private final OutboundStore store = new OutboundStore();
  private final Database database;
  private final Ledger ledger;
  private final RecordingConfig recording;

  @Inject
  public OutboundMessages(Database database, Ledger ledger, Settings settings) {
    this.database = database;
    this.ledger = ledger;
    this.recording = RecordingConfig.read(settings);
  }

  /**
   * A message as it is kept.
   *
   * @param status queued, accepted or rejected
   * @param ack the runtime's answer
   */
  public record Kept(
      OutboundMessage message, String status, Optional<Map<String, @Nullable Object>> ack) {
    /** Whether the runtime has it. */
    public boolean isAccepted() {
      return status.equals(ACCEPTED);
    }
  }

  /** Keeps a message to be sent; one that was refused before is to be sent again. */
  public void queue(OutboundMessage message) {
    database.inTransaction(
        connection -> {
          store.queue(connection, message);
          return message;
        });
  }

  /** Keeps messages in the transaction of what causes them. */
  public void queue(Connection connection, List<OutboundMessage> messages) throws SQLException {
    for (OutboundMessage message : messages) {
      store.queue(connection, message);
    }
  }

  /** What is still to be sent for a run, oldest first, at most a thousand at once. */
  public List<OutboundMessage> queued(RunRecord run) {
    return database.inTransaction(connection -> store.queued(connection, run));
  }

  /** The message of an id, if this run has said it. */
  public Optional<Kept> find(RunRecord run, String messageId) {
    return database.inTransaction(connection -> store.find(connection, run, messageId));
  }

  /** Records the answer to a message, and ends it, before a witness. */
  public void settle(OutboundMessage message, RawEvent.SendAck answer, Outcome.Witness witness) {
    OutboundStore.Ending ending = ending(answer);
    ledger.record(
        message.runId(),
        List.of(answer),
        (writes, before, outcome) -> {
          store.settle(writes.connection(), message.messageId(), ending, answer.receivedAt());
          witness.saw(writes, before, outcome);
        });
  }

  /** Ends what is still to be said for a run if it has ended, and drops its content. */
  public void withdrawIfEnded(UUID runId, Instant now) {
    database.inTransaction(
        connection -> {
          store.withdraw(connection, runId, "not said: the run has ended", now);
          return runId;
        });
  }

  private OutboundStore.Ending ending(RawEvent.SendAck answer) {
    RawEvent clean = recording.cleaned(answer);
    RawEvent.SendAck kept = clean instanceof RawEvent.SendAck ack ? ack : answer;
    return new OutboundStore.Ending(
        kept.ok() ? ACCEPTED : REJECTED,
        kept.toTree(),
        kept.refusal().map(refusal -> refusal.code() + ": " + refusal.message()));
  }
}
