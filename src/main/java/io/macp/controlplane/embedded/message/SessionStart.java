// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.message;

import java.util.List;

/**
 * What an initiator asks for (MACP contract, section 1.6), as sent and not yet checked.
 *
 * @param participants declared participants in the order given
 * @param versions the three versions the session is to be bound to
 * @param ttlMs life time in milliseconds
 * @param maxSuspendMs cap on suspended time; 0 asks for the runtime's default
 * @param contextId opaque
 * @param extensionKeys names of the opaque extensions
 */
public record SessionStart(
    List<String> participants,
    Versions versions,
    long ttlMs,
    long maxSuspendMs,
    String contextId,
    List<String> extensionKeys)
    implements Payload {
  public SessionStart {
    participants = List.copyOf(participants);
    extensionKeys = List.copyOf(extensionKeys);
  }

  /** Mode, configuration and policy version, as a SessionStart or a Commitment names them. */
  public record Versions(String mode, String configuration, String policy) {}
}
