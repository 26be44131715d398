// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.commitment.CommitmentHash;
import io.macp.controlplane.commitment.CommitmentReading;

/**
 * A commitment and each step of its hash. Checks our own construction, which no runtime is asked
 * about.
 *
 * @param name file
 * @param content the parsed file
 */
record HashVector(String name, Fields content) implements Vector {
  @Override
  public void run(Target target) {
    byte[] payload =
        PayloadEncoder.encode("macp.v1.CommitmentPayload", content.object("payload")).toByteArray();
    if (!(CommitmentReading.of(payload) instanceof CommitmentReading.Hashed hashed)) {
      throw new AssertionError("the payload has no hash: " + CommitmentReading.of(payload));
    }
    CommitmentHash hash = hashed.hash();
    assertThat(CommitmentHash.LABEL).as("label").isEqualTo(content.text("label"));
    assertThat(hash.canonicalHex()).as("jcs").isEqualTo(content.text("jcs_utf8_hex"));
    assertThat(hash.preimageHex()).as("preimage").isEqualTo(content.text("preimage_utf8_hex"));
    assertThat(hash.value()).as("hash").isEqualTo(content.text("hash"));
  }
}
