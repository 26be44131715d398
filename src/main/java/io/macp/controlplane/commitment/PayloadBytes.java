// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.Optional;

/**
 * Reads the protobuf form of a {@code CommitmentPayload}. Fields come in any order; of a text or a
 * flag that comes several times the last counts, and the parts of a reference are merged, as
 * protobuf wants it. The first field that is not one of the nine ends the reading: the hash says
 * nothing about it, so nothing may be said about the whole.
 */
final class PayloadBytes {
  private static final int TEXTS = 7;
  private static final int OUTCOME = 8;
  private static final int SUPERSEDES = 9;

  private final String[] texts = {"", "", "", "", "", "", ""};
  private boolean outcomePositive;
  private Optional<CommitmentFields.Reference> supersedes = Optional.empty();

  private PayloadBytes() {}

  static CommitmentReading read(byte[] payload) {
    PayloadBytes reading = new PayloadBytes();
    try {
      reading.readAll(new WireFields(payload));
    } catch (WireFields.Malformed e) {
      return new CommitmentReading.NotHashed(Unverifiable.MALFORMED_PAYLOAD);
    } catch (WireFields.UnknownField e) {
      return new CommitmentReading.NotHashed(Unverifiable.UNKNOWN_FIELDS);
    }
    CommitmentFields fields = reading.fields();
    return new CommitmentReading.Hashed(fields, CommitmentHash.of(fields));
  }

  private void readAll(WireFields wire) throws WireFields.Malformed, WireFields.UnknownField {
    while (wire.next()) {
      int number = wire.number();
      if (number <= TEXTS) {
        texts[number - 1] = wire.text();
      } else if (number == OUTCOME) {
        outcomePositive = wire.flag();
      } else if (number == SUPERSEDES) {
        supersedes = Optional.of(reference(wire.message()));
      } else {
        throw new WireFields.UnknownField();
      }
    }
  }

  private CommitmentFields.Reference reference(WireFields wire)
      throws WireFields.Malformed, WireFields.UnknownField {
    String sessionId = supersedes.map(CommitmentFields.Reference::sessionId).orElse("");
    String hash = supersedes.map(CommitmentFields.Reference::commitmentHash).orElse("");
    while (wire.next()) {
      switch (wire.number()) {
        case 1 -> sessionId = wire.text();
        case 2 -> hash = wire.text();
        default -> throw new WireFields.UnknownField();
      }
    }
    return new CommitmentFields.Reference(sessionId, hash);
  }

  private CommitmentFields fields() {
    return new CommitmentFields(
        texts[0],
        texts[1],
        texts[2],
        texts[3],
        texts[4],
        texts[5],
        texts[6],
        outcomePositive,
        supersedes);
  }
}
