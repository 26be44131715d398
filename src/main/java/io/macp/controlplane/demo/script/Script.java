// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A scenario: which session is opened and what each agent does in it. The agent of the first part
 * opens the session.
 *
 * @param id name in requests
 * @param title a few words for a button
 * @param description one or two sentences
 * @param session what is opened
 * @param parts one for each participant
 * @param ending how the session ends
 */
public record Script(
    String id, String title, String description, Session session, List<Part> parts, Ending ending) {
  /** The pause before the first agent opens the session, at pace 1. */
  public static final Duration OPENING = Duration.ofMillis(600);

  public Script {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("script " + id + " has no parts");
    }
  }

  /**
   * The session that the first agent opens.
   *
   * @param mode how the agents coordinate
   * @param intent what is to be decided
   * @param contextId what it is about, in the words of the business
   * @param ttl lifetime at pace 1
   * @param policy the rules it is bound to; none means the runtime's default
   */
  public record Session(
      Mode mode, String intent, String contextId, Duration ttl, Optional<Policy> policy) {
    public static final String CONFIGURATION_VERSION = "config.default";

    /** Identity of the policy, empty for the runtime's default. */
    public String policyId() {
      return policy.map(Policy::id).orElse("");
    }
  }

  /**
   * A mode of the runtime.
   *
   * @param registration what the first agent registers it as unless the runtime knows it; none for
   *     a built-in mode
   */
  public record Mode(String id, String version, Optional<Registration> registration) {
    static final Mode DECISION = builtIn("macp.mode.decision.v1");
    static final Mode PROPOSAL = builtIn("macp.mode.proposal.v1");
    static final Mode TASK = builtIn("macp.mode.task.v1");
    static final Mode HANDOFF = builtIn("macp.mode.handoff.v1");
    static final Mode QUORUM = builtIn("macp.mode.quorum.v1");
    static final Mode MULTI_ROUND = builtIn("ext.multi_round.v1");

    private static Mode builtIn(String id) {
      return new Mode(id, "1.0.0", Optional.empty());
    }
  }

  /**
   * What an extension mode is registered as.
   *
   * @param messageTypes those between SessionStart and Commitment
   */
  public record Registration(String title, String description, List<String> messageTypes) {
    public Registration {
      messageTypes = List.copyOf(messageTypes);
    }
  }

  /**
   * A policy that the first agent registers unless the runtime knows it.
   *
   * @param id immutable identity; other rules need another id
   * @param description one sentence
   * @param schemaVersion version of the rule language
   * @param rules JSON text
   */
  public record Policy(String id, String description, int schemaVersion, String rules) {}

  /** How a session ends. */
  public enum Ending {
    POSITIVE,
    NEGATIVE,
    EXPIRED
  }

  /** Who opens the session. */
  public String initiator() {
    return parts.getFirst().agent();
  }

  /** From the start to the end at pace 1, as if messages took no time. */
  public Duration duration() {
    return Rehearsal.of(this).duration();
  }

  /** Who takes part, the initiator first. */
  public List<String> participants() {
    return parts.stream().map(Part::agent).toList();
  }
}
