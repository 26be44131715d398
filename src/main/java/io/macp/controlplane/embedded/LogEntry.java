// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.mode.SessionTerms;
import java.util.Optional;

/**
 * One entry of a session's log. Entries with an envelope are accepted history and take an ordinal
 * each; {@link Expired} is the runtime's own note and takes none. Everything that a replay must not
 * look up again (deadline, bound policy) is in the entry.
 */
public sealed interface LogEntry {
  /** The runtime's clock when the entry was made. */
  long acceptedAtMs();

  /** What streams deliver for this entry. */
  Optional<Envelope> delivered();

  /** The session was opened on these terms and ends, unless suspended, after the deadline. */
  record Started(Envelope envelope, long acceptedAtMs, SessionTerms terms, long deadlineMs)
      implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }
  }

  /** A participant's message, the Commitment included. */
  record Accepted(Envelope envelope, long acceptedAtMs, Payload payload) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }

    /** The hash of the Commitment that this is; a Commitment with unknown fields has none. */
    public Optional<String> commitmentHash() {
      return payload instanceof Commitment
          ? CommitmentReading.of(envelope.payload().toArray()).hashValue()
          : Optional.empty();
    }
  }

  /** A message of the runtime's own making, on behalf of the participant who is its sender. */
  record Emitted(Envelope envelope, long acceptedAtMs, Payload payload) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }
  }

  /** The session was suspended. */
  record Suspended(Envelope envelope, long acceptedAtMs) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }
  }

  /** The session goes on. */
  record Resumed(Envelope envelope, long acceptedAtMs) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }
  }

  /** The session was cancelled. */
  record Cancelled(Envelope envelope, long acceptedAtMs) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.of(envelope);
    }
  }

  /** The deadline, or the cap on suspended time, has passed. */
  record Expired(long acceptedAtMs) implements LogEntry {
    @Override
    public Optional<Envelope> delivered() {
      return Optional.empty();
    }
  }
}
