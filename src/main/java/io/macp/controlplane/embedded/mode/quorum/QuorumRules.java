// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.quorum;

import io.macp.controlplane.embedded.policy.CommitmentAuthority;
import io.macp.controlplane.embedded.policy.RuleReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/**
 * The quorum rules of a policy, checked (section 9.2).
 *
 * @param threshold how many approvals are needed, in place of what the request says
 * @param abstention what an abstention means
 */
record QuorumRules(Threshold threshold, Abstention abstention) {
  private static final String WEIGHTED = "weighted";
  private static final Set<String> TYPES = Set.of("n_of_m", "count", "percentage", WEIGHTED);
  private static final Set<String> INTERPRETATIONS =
      Set.of("neutral", "implicit_reject", "ignored");

  /** What an abstention is taken for. It never is an approval. */
  enum Abstention {
    /** Neither an approval nor a rejection. */
    NEUTRAL,
    /** A rejection. */
    IMPLICIT_REJECT,
    /** Nothing: the participant is left out of those that a percentage is taken of. */
    IGNORED
  }

  /**
   * A number of approvals, or a share of the participants.
   *
   * @param percentage whether the value is a percentage, from 0 to 100
   * @param value 0 when the policy sets no threshold
   */
  record Threshold(boolean percentage, double value) {
    boolean isSet() {
      return value > 0;
    }

    /** Approvals needed from so many participants: never fewer than one. */
    long of(int participants) {
      if (!percentage) {
        return (long) value;
      }
      BigDecimal share = BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(participants));
      return Math.max(1, share.movePointLeft(2).setScale(0, RoundingMode.CEILING).longValueExact());
    }
  }

  static QuorumRules read(RuleReader rules) {
    Threshold threshold = readThreshold(rules.group("threshold"));
    Abstention abstention = readAbstention(rules.group("abstention"));
    CommitmentAuthority.readGroup(rules.group("commitment"));
    return new QuorumRules(threshold, abstention);
  }

  private static Threshold readThreshold(RuleReader group) {
    String type = group.choice("type", "n_of_m", TYPES);
    return switch (type) {
      case "percentage" -> new Threshold(true, group.number("value", 0, 0, 100));
      case WEIGHTED -> {
        group.refuse("type", "must not be weighted: the rules of this mode hold no weights");
        yield new Threshold(false, group.number("value", 0, 0, Long.MAX_VALUE));
      }
      default -> new Threshold(false, group.whole("value", 0, 0, Long.MAX_VALUE));
    };
  }

  private static Abstention readAbstention(RuleReader group) {
    if (group.flag("counts_toward_quorum")) {
      group.refuse(
          "counts_toward_quorum",
          "must not be true: this mode has no number of participants who must have voted");
    }
    return Abstention.valueOf(
        group.choice("interpretation", "neutral", INTERPRETATIONS).toUpperCase(Locale.ROOT));
  }
}
