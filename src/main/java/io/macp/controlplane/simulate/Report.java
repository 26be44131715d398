// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a simulation found, in the order of the log. */
public final class Report {
  private final Opening opening;
  private final List<Judgement> judgements;
  private final Readiness readiness;
  private final List<String> missing;

  Report(Opening opening, List<Judgement> judgements, Readiness readiness, List<String> missing) {
    this.opening = opening;
    this.judgements = List.copyOf(judgements);
    this.readiness = readiness;
    this.missing = List.copyOf(missing);
  }

  /**
   * Why the policy would deny a positive commitment after the last event; empty when it would not,
   * when the session has ended, and when its mode takes no commitment yet.
   */
  public List<String> missing() {
    return missing;
  }

  List<Judgement> judgements() {
    return judgements;
  }

  Readiness readiness() {
    return readiness;
  }

  /** The answer of the endpoint. */
  public Map<String, @Nullable Object> toTree() {
    PolicyDescriptor policy = opening.terms().policy();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("sessionId", opening.sessionId());
    tree.put("mode", opening.terms().mode());
    tree.put("policyId", policy.id());
    tree.put("schemaVersion", policy.schemaVersion());
    tree.put("boundPolicyId", opening.boundPolicyId());
    tree.put("commitments", judgements.stream().map(Judgement::toTree).toList());
    tree.put("readyAt", readiness.toTree());
    tree.put("warnings", warnings());
    return tree;
  }

  private List<String> warnings() {
    return opening.recordedStart()
        ? List.of()
        : List.of(
            "the log does not hold the SessionStart: earlier messages may be missing, too, and the"
                + " verdicts rest on what is there");
  }
}
