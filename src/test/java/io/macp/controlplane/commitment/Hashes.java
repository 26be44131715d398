// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import io.macp.controlplane.commitment.CommitmentReading.Hashed;

/** Reads payloads that have a hash. */
final class Hashes {
  private Hashes() {}

  static CommitmentHash hash(byte[] payload) {
    return hashed(payload).hash();
  }

  static Hashed hashed(byte[] payload) {
    if (CommitmentReading.of(payload) instanceof Hashed hashed) {
      return hashed;
    }
    throw new AssertionError("no hash: " + CommitmentReading.of(payload));
  }
}
