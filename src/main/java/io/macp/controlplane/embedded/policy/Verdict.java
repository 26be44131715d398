// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says about one commitment.
 *
 * @param allowed whether the commitment may resolve the session
 * @param findings every reason for the no, or what carried the yes
 */
public record Verdict(boolean allowed, List<Reason> findings) {
  private static final String CANNOT_EVALUATE = "RULES_NOT_EVALUABLE";

  public Verdict {
    findings = List.copyOf(findings);
  }

  /** A yes, told in sentences only. */
  public static Verdict allow(List<String> reasons) {
    return new Verdict(true, reasons.stream().map(text -> Reason.told("RULE_MET", text)).toList());
  }

  /** A no for one reason. */
  public static Verdict deny(Reason reason) {
    return new Verdict(false, List.of(reason));
  }

  /** A no when there is at least one denial, with all of them; otherwise a yes on these grounds. */
  public static Verdict of(List<Reason> denials, List<Reason> grounds) {
    return denials.isEmpty() ? new Verdict(true, grounds) : new Verdict(false, denials);
  }

  /** A no because the rules are not what this runtime can evaluate (section 9.4). */
  public static Verdict notEvaluable(List<String> problems) {
    return new Verdict(
        false, problems.stream().map(text -> Reason.told(CANNOT_EVALUATE, text)).toList());
  }

  /** The sentences, in order. */
  public List<String> reasons() {
    return findings.stream().map(Reason::message).toList();
  }

  /**
   * One rule and how it was met or not.
   *
   * @param code stable, upper-snake
   * @param rule path of the rule within the policy's rules; empty when no single rule is meant
   * @param expected what the rule wants: a text, number or boolean; null when there is no such
   *     value
   * @param actual what was found instead, likewise
   * @param message one sentence
   */
  public record Reason(
      String code,
      String rule,
      @Nullable Object expected,
      @Nullable Object actual,
      String message) {
    private static final Pattern UPPER_SNAKE = Pattern.compile("[A-Z]+(_[A-Z]+)*");

    public Reason {
      if (!UPPER_SNAKE.matcher(code).matches()) {
        throw new IllegalArgumentException("a reason's code is in upper snake case: " + code);
      }
    }

    /** A reason of which only the sentence is known. */
    static Reason told(String code, String message) {
      return new Reason(code, "", null, null, message);
    }

    /** The JSON object of this reason, always with all five keys. */
    public Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("code", code);
      tree.put("rule", rule);
      tree.put("expected", expected);
      tree.put("actual", actual);
      tree.put("message", message);
      return tree;
    }
  }
}
