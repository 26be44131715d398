// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may commit, and therefore also cancel, suspend and resume (MACP contract, section 9.3).
 *
 * @param rule which of the three rules applies
 * @param roles sender ids that {@link Rule#DESIGNATED_ROLE} names
 */
public record CommitmentAuthority(Rule rule, List<String> roles) {
  private static final Set<String> WORDS =
      Set.of("initiator_only", "any_participant", "designated_role");

  public CommitmentAuthority {
    roles = List.copyOf(roles);
  }

  /** The three rules. */
  public enum Rule {
    INITIATOR_ONLY,
    ANY_PARTICIPANT,
    DESIGNATED_ROLE
  }

  /** Only the initiator, whatever the policy says. */
  public static CommitmentAuthority initiatorOnly() {
    return new CommitmentAuthority(Rule.INITIATOR_ONLY, List.of());
  }

  /**
   * Reads the two fields that the {@code commitment} group has in every mode; what else the group
   * holds is for the mode to read from the same reader.
   */
  public static CommitmentAuthority readGroup(RuleReader group) {
    String word = group.choice("authority", "initiator_only", WORDS);
    List<String> roles = group.texts("designated_roles");
    if (word.equals("designated_role") && roles.isEmpty()) {
      group.refuse("designated_roles", "must name somebody when authority is designated_role");
    }
    return new CommitmentAuthority(Rule.valueOf(word.toUpperCase(Locale.ROOT)), roles);
  }

  static CommitmentAuthority read(RuleReader rules) {
    return readGroup(rules.group("commitment"));
  }

  /** True when the sender may commit. */
  public boolean allows(String sender, String initiator, List<String> participants) {
    return switch (rule) {
      case INITIATOR_ONLY -> sender.equals(initiator);
      case ANY_PARTICIPANT -> sender.equals(initiator) || participants.contains(sender);
      case DESIGNATED_ROLE -> roles.contains(sender);
    };
  }
}
