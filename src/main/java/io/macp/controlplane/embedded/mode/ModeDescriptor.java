// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import io.macp.controlplane.embedded.message.Envelope;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the registry tells about a mode (MACP contract, section 5.2).
 *
 * @param mode mode id
 * @param version the version a SessionStart must name
 * @param title for humans
 * @param description one sentence
 * @param nature determinism class and participant model
 * @param ownTypes message types between SessionStart and Commitment
 */
public record ModeDescriptor(
    String mode,
    String version,
    String title,
    String description,
    Nature nature,
    List<String> ownTypes) {
  private static final String STANDARD_PREFIX = "macp.mode.";

  public ModeDescriptor {
    ownTypes = List.copyOf(ownTypes);
  }

  /** How deterministic the mode is, and how it sees its participants. */
  public record Nature(String determinismClass, String participantModel) {}

  /** All message types, in the order of their life. */
  public List<String> messageTypes() {
    return Stream.of(
            Stream.of(Envelope.SESSION_START), ownTypes.stream(), Stream.of(Envelope.COMMITMENT))
        .flatMap(types -> types)
        .toList();
  }

  /** True for the modes of the standards track. */
  public boolean isStandard() {
    return mode.startsWith(STANDARD_PREFIX);
  }
}
