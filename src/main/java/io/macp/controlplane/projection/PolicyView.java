// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code policy} (control-plane contract, section 9.1). */
record PolicyView(
    String policyVersion,
    Optional<String> policyDescription,
    Optional<String> resolvedAt,
    Optional<Boolean> outcomePositive,
    List<Evaluation> commitmentEvaluations,
    List<ExpectedCommitment> expectedCommitments,
    List<VoteTally> voteTally,
    Optional<QuorumStatus> quorumStatus) {
  static final PolicyView EMPTY = ofTree(Payload.EMPTY);

  private static final String ALLOW = "allow";

  /** Whether enough was said for the policy. */
  enum QuorumStatus {
    PENDING,
    REACHED,
    FAILED
  }

  /** What the policy said about a commitment. */
  record Evaluation(String commitmentId, String decision, List<String> reasons, String ts) {
    boolean allows() {
      return decision.equals(ALLOW);
    }

    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("commitmentId", commitmentId)
          .put("decision", decision)
          .putAll("reasons", reasons, reason -> reason)
          .put("ts", ts)
          .tree();
    }

    private static Evaluation ofTree(Payload tree) {
      return new Evaluation(
          tree.text("commitmentId").orElse(""),
          tree.text("decision").orElse(ALLOW),
          tree.texts("reasons"),
          tree.text("ts").orElse(""));
    }
  }

  /** A commitment that the session is meant to bring; existing clients know its id by two names. */
  record ExpectedCommitment(
      String id, Optional<String> title, Optional<String> description, List<String> requiredRoles) {
    private Map<String, @Nullable Object> tree() {
      return new Fields()
          .put("id", id)
          .put("commitmentId", id)
          .put("title", title)
          .put("description", description)
          .putAny("requiredRoles", requiredRoles, role -> role)
          .tree();
    }

    static ExpectedCommitment ofTree(Payload tree) {
      return new ExpectedCommitment(
          tree.text("id").or(() -> tree.text("commitmentId")).orElse(""),
          tree.text("title"),
          tree.text("description"),
          tree.texts("requiredRoles"));
    }
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("policyVersion", policyVersion)
        .put("policyDescription", policyDescription)
        .put("resolvedAt", resolvedAt)
        .put("outcomePositive", outcomePositive)
        .putAll("commitmentEvaluations", commitmentEvaluations, Evaluation::tree)
        .putAny("expectedCommitments", expectedCommitments, ExpectedCommitment::tree)
        .putAny("voteTally", voteTally, VoteTally::tree)
        .put("quorumStatus", quorumStatus)
        .tree();
  }

  static PolicyView ofTree(Payload tree) {
    return new PolicyView(
        tree.text("policyVersion").orElse(""),
        tree.text("policyDescription"),
        tree.text("resolvedAt"),
        tree.flag("outcomePositive"),
        tree.objects("commitmentEvaluations").stream().map(Evaluation::ofTree).toList(),
        tree.objects("expectedCommitments").stream().map(ExpectedCommitment::ofTree).toList(),
        tree.objects("voteTally").stream().map(VoteTally::ofTree).toList(),
        tree.text("quorumStatus").flatMap(name -> Names.find(QuorumStatus.class, name)));
  }
}
