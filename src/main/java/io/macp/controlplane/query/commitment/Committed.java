// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import io.macp.controlplane.commitment.CommitmentReading;
import io.macp.controlplane.commitment.Verification;
import io.macp.controlplane.event.Payload;
import io.macp.controlplane.event.RecordedEvent;
import java.util.List;
import java.util.Optional;

/**
 * The commitment of a run: the event that tells of it and what its bytes say.
 *
 * @param recorded the event
 * @param reading the bytes as they were received, read again
 */
record Committed(RecordedEvent recorded, CommitmentReading reading) {

  /** The commitment that one replaces, as it is named there. */
  record Reference(String sessionId, String commitmentHash) {}

  /**
   * Which of a run's commitments stands: as in the read model, one with another id replaces what
   * was there, and one with the same id changes nothing.
   */
  static Optional<RecordedEvent> standing(List<RecordedEvent> commitments) {
    Optional<RecordedEvent> standing = Optional.empty();
    for (RecordedEvent next : commitments) {
      Optional<String> id = content(next).text("commitmentId");
      boolean replaces =
          id.isPresent()
              && !id.equals(standing.flatMap(last -> content(last).text("commitmentId")));
      if (standing.isEmpty() || replaces) {
        standing = Optional.of(next);
      }
    }
    return standing;
  }

  private static Payload content(RecordedEvent commitment) {
    return commitment.event().data().object("decodedPayload").orElse(Payload.EMPTY);
  }

  static Optional<Reference> referenceIn(RecordedEvent commitment) {
    return content(commitment)
        .object("supersedes")
        .map(
            past ->
                new Reference(
                    past.text("sessionId").orElse(""), past.text("commitmentHash").orElse("")));
  }

  Payload data() {
    return recorded.event().data();
  }

  Payload content() {
    return content(recorded);
  }

  /** What was written down when the commitment arrived; empty in logs of earlier releases. */
  Optional<String> recordedHash() {
    return data().text("commitmentHash");
  }

  /** What a reference to this commitment has to say: the bytes count more than our own record. */
  Optional<String> hash() {
    return reading.hashValue().or(this::recordedHash);
  }

  Verification verification() {
    return reading.verify(recordedHash());
  }
}
