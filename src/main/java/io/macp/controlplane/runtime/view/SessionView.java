// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

import java.util.List;

/**
 * What a runtime knows about one session (wire contract, section 1.7). Texts are empty and times
 * zero when the runtime left them out.
 *
 * @param startedAtUnixMs milliseconds since the epoch
 * @param expiresAtUnixMs milliseconds since the epoch; not moved while the session is suspended
 * @param policyVersion the resolved policy id
 */
public record SessionView(
    String sessionId,
    String mode,
    State state,
    long startedAtUnixMs,
    long expiresAtUnixMs,
    String modeVersion,
    String configurationVersion,
    String policyVersion,
    List<String> participants,
    List<Activity> participantActivity,
    String initiator,
    String contextId,
    List<String> extensionKeys) {

  public SessionView {
    participants = List.copyOf(participants);
    participantActivity = List.copyOf(participantActivity);
    extensionKeys = List.copyOf(extensionKeys);
  }

  /** The wire's session states; a state that is newer than this product reads as unspecified. */
  public enum State {
    UNSPECIFIED,
    OPEN,
    RESOLVED,
    EXPIRED,
    SUSPENDED,
    CANCELLED;

    /** The name on the wire, such as {@code SESSION_STATE_OPEN}. */
    public String wireName() {
      return "SESSION_STATE_" + name();
    }

    /** True when no further envelope can be accepted, ever. */
    public boolean isTerminal() {
      return this == RESOLVED || this == EXPIRED || this == CANCELLED;
    }
  }

  /**
   * How busy one sender has been.
   *
   * @param lastMessageAtUnixMs milliseconds since the epoch
   */
  public record Activity(String participantId, long lastMessageAtUnixMs, long messageCount) {}
}
