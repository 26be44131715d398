// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy must look like before its rules are read: bounds that keep it storable. */
final class PolicyBounds {
  private static final int LONGEST_ID = 256;
  private static final int LONGEST_DESCRIPTION = 4_096;
  private static final int LONGEST_RULES = 65_536;
  private static final int DEEPEST_RULES = 16;

  private PolicyBounds() {}

  static List<String> problems(PolicyDescriptor policy) {
    List<String> problems = new ArrayList<>();
    checkId(policy.id(), problems);
    atMost("description", policy.description(), LONGEST_DESCRIPTION, problems);
    noNul("description", policy.description(), problems);
    if (!PolicyDescriptor.SCHEMA_VERSIONS.contains(policy.schemaVersion())) {
      problems.add(
          "schema_version must be 1, 2 or 3, but is "
              + Integer.toUnsignedString(policy.schemaVersion()));
    }
    atMost("rules", policy.rules().text(), LONGEST_RULES, problems);
    noNul("rules", policy.rules().text(), problems);
    if (depth(policy.rules().tree()) > DEEPEST_RULES) {
      problems.add("rules must be nested at most " + DEEPEST_RULES + " levels deep");
    }
    return List.copyOf(problems);
  }

  private static void checkId(String id, List<String> problems) {
    if (id.isBlank()) {
      problems.add("policy_id must not be blank");
    } else if (!id.equals(id.strip()) || id.chars().anyMatch(Character::isISOControl)) {
      problems.add("policy_id must not hold control characters or begin or end with white space");
    }
    atMost("policy_id", id, LONGEST_ID, problems);
  }

  private static void atMost(String field, String text, int longest, List<String> problems) {
    if (text.length() > longest) {
      problems.add(
          field + " must have at most " + longest + " characters, but has " + text.length());
    }
  }

  private static void noNul(String field, String text, List<String> problems) {
    if (text.indexOf('\0') >= 0) {
      problems.add(field + " must not hold the character U+0000");
    }
  }

  private static int depth(@Nullable Object value) {
    Collection<?> children =
        switch (value) {
          case Map<?, ?> map -> map.values();
          case List<?> list -> list;
          case null, default -> List.of();
        };
    return children.isEmpty()
        ? 1
        : 1 + children.stream().mapToInt(PolicyBounds::depth).max().orElse(0);
  }
}
