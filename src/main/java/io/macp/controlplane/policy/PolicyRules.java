// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be said of the rules of a policy without asking the runtime (section 3.12). */
final class PolicyRules {
  private static final String DESIGNATED = "designated_role";
  private static final double HALF = 0.5;

  private PolicyRules() {}

  /** One sentence per defect, each naming its field. */
  static List<String> defects(Map<String, ?> rules) {
    List<String> defects = new ArrayList<>();
    Map<?, ?> voting = object(rules.get("voting"));
    if ("weighted".equals(voting.get("algorithm")) && !(voting.get("weights") instanceof Map)) {
      defects.add("rules.voting.weights must be an object when the algorithm is weighted");
    }
    if ("supermajority".equals(voting.get("algorithm")) && !exceedsHalf(voting.get("threshold"))) {
      defects.add(
          "rules.voting.threshold must be greater than 0.5 when the algorithm is supermajority");
    }
    Map<?, ?> commitment = object(rules.get("commitment"));
    if (isDesignated(commitment.get("authority")) && roles(commitment).isEmpty()) {
      defects.add(
          "rules.commitment.designated_roles must be a non-empty array when the authority is "
              + DESIGNATED);
    }
    return defects;
  }

  /** The rules in the words of the protocol, where callers may use others. */
  static Map<String, @Nullable Object> inWordsOfTheProtocol(Map<String, ?> rules) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(rules);
    Map<?, ?> commitment = object(rules.get("commitment"));
    if (isDesignated(commitment.get("authority"))) {
      Map<Object, @Nullable Object> translated = new LinkedHashMap<>(commitment);
      translated.put("authority", DESIGNATED);
      translated.remove("designatedRoles");
      translated.put("designated_roles", roles(commitment));
      all.put("commitment", translated);
    }
    return all;
  }

  private static boolean isDesignated(@Nullable Object authority) {
    return DESIGNATED.equals(authority) || "designated_roles".equals(authority);
  }

  private static List<?> roles(Map<?, ?> commitment) {
    if (commitment.get("designated_roles") instanceof List<?> roles) {
      return roles;
    }
    return commitment.get("designatedRoles") instanceof List<?> roles ? roles : List.of();
  }

  private static boolean exceedsHalf(@Nullable Object threshold) {
    return threshold instanceof Number number && number.doubleValue() > HALF;
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> fields ? fields : Map.of();
  }
}
