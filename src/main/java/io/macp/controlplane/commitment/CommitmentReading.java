// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import java.util.Base64;
import java.util.Optional;

/**
 * What the bytes of a commitment's payload say. Total and deterministic: any bytes give a reading,
 * the same bytes the same one.
 */
public sealed interface CommitmentReading {
  /** What is kept in the place of bytes that held a secret, in Base64: the word [REDACTED]. */
  String REDACTED = "W1JFREFDVEVEXQ==";

  /** The nine fields and nothing else, with their hash. */
  record Hashed(CommitmentFields fields, CommitmentHash hash) implements CommitmentReading {}

  /** There is no hash, and why. */
  record NotHashed(Unverifiable reason) implements CommitmentReading {}

  /** Reads a protobuf {@code CommitmentPayload}. */
  static CommitmentReading of(byte[] payload) {
    return PayloadBytes.read(payload);
  }

  /**
   * Reads the same in Base64, as logs keep it. No text means that the bytes were not kept: a
   * commitment without a single field is none that a runtime accepts.
   */
  static CommitmentReading ofBase64(String payload) {
    if (payload.isEmpty()) {
      return new NotHashed(Unverifiable.PAYLOAD_MISSING);
    }
    if (payload.equals(REDACTED)) {
      return new NotHashed(Unverifiable.PAYLOAD_REDACTED);
    }
    try {
      return of(Base64.getDecoder().decode(payload));
    } catch (IllegalArgumentException e) {
      return new NotHashed(Unverifiable.MALFORMED_PAYLOAD);
    }
  }

  /** The hash, when there is one. */
  default Optional<String> hashValue() {
    return switch (this) {
      case Hashed hashed -> Optional.of(hashed.hash().value());
      case NotHashed none -> Optional.empty();
    };
  }

  /** Compares with a hash that was recorded or referred to; empty when there was none. */
  default Verification verify(Optional<String> told) {
    return switch (this) {
      case NotHashed none -> new Verification.CannotVerify(none.reason());
      case Hashed hashed ->
          told.map(text -> verdict(hashed.hash().value().equals(text)))
              .orElse(new Verification.CannotVerify(Unverifiable.HASH_NOT_RECORDED));
    };
  }

  private static Verification verdict(boolean same) {
    return same ? new Verification.Verified() : new Verification.Mismatch();
  }
}
