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
   * @param intent what is to be decided
   * @param contextId what it is about, in the words of the business
   * @param ttl lifetime at pace 1
   * @param policy the rules it is bound to; none means the runtime's default
   */
  public record Session(String intent, String contextId, Duration ttl, Optional<Policy> policy) {
    /** The mode of every scenario. */
    public static final String MODE = "macp.mode.decision.v1";

    public static final String MODE_VERSION = "1.0.0";
    public static final String CONFIGURATION_VERSION = "config.default";

    /** Identity of the policy, empty for the runtime's default. */
    public String policyId() {
      return policy.map(Policy::id).orElse("");
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
    APPROVED,
    DECLINED,
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
