// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import io.macp.v1.CommitmentPayload;
import io.macp.v1.CommitmentRef;
import java.util.random.RandomGenerator;

/** Commitments as agents send them. */
final class Samples {
  private static final String[] PIECES = {
    "",
    "a",
    "decision.approved",
    "\"",
    "\\",
    "\u0000",
    "\b\t\n\f\r",
    "\u001f",
    "\u007f",
    "\u2028",
    "é",
    "\ufffd",
    "\ue000",
    "😀",
    "𐀀",
    "/",
    "<",
    "Ω"
  };

  private Samples() {}

  /** All nine fields set. */
  static CommitmentPayload full() {
    return CommitmentPayload.newBuilder()
        .setCommitmentId("c-1")
        .setAction("decision.approved")
        .setAuthorityScope("payments")
        .setReason("two approvals")
        .setModeVersion("1.0.0")
        .setPolicyVersion("policy.default")
        .setConfigurationVersion("config-1")
        .setOutcomePositive(true)
        .setSupersedes(
            CommitmentRef.newBuilder().setSessionId("s-0").setCommitmentHash("sha256:ab"))
        .build();
  }

  /** Any commitment that protobuf can write. */
  static CommitmentPayload random(RandomGenerator random) {
    CommitmentPayload.Builder commitment =
        CommitmentPayload.newBuilder()
            .setCommitmentId(text(random))
            .setAction(text(random))
            .setAuthorityScope(text(random))
            .setReason(text(random))
            .setModeVersion(text(random))
            .setPolicyVersion(text(random))
            .setConfigurationVersion(text(random))
            .setOutcomePositive(random.nextBoolean());
    if (random.nextBoolean()) {
      commitment.setSupersedes(
          CommitmentRef.newBuilder().setSessionId(text(random)).setCommitmentHash(text(random)));
    }
    return commitment.build();
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
