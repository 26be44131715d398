// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.event.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the participants of a run are, as its read model tells.
 *
 * @param phase in the words of the mode, or {@code voted}; empty where nothing is known
 * @param silent the participants whose turn it is
 * @param refusals why the policy refused the last commitment
 * @param missingVotes votes that no proposal has got yet, of the newest proposal
 * @param missingApprovals approvals that the request lacks
 * @param lacks why the policy would refuse a commitment now, as far as that was tried
 */
public record Course(
    String phase,
    List<String> silent,
    List<String> refusals,
    long missingVotes,
    long missingApprovals,
    List<String> lacks) {
  /** Every participant has voted: no phase of the mode, which lets votes be changed. */
  static final String VOTED = "voted";

  /** Reads the JSON of a run's state, with what its policy was found to lack. */
  public static Course of(Payload state, List<String> lacks) {
    Payload told = inside(inside(state, "decision"), "deliberation");
    Payload policy = inside(state, "policy");
    String phase = told.text("phase").orElse("").toLowerCase(Locale.ROOT);
    List<String> silent = silent(phase, told);
    boolean voted =
        phase.equals("voting") && silent.isEmpty() && !told.texts("participants").isEmpty();
    return new Course(
        voted ? VOTED : phase,
        silent,
        refusals(phase, policy),
        missingVotes(policy),
        missingApprovals(told),
        lacks);
  }

  private static Payload inside(Payload tree, String key) {
    return tree.object(key).orElse(Payload.EMPTY);
  }

  private static List<String> silent(String phase, Payload told) {
    List<Payload> items = told.objects("items");
    return switch (phase) {
      case "requested", "assigned", "offered" ->
          items.isEmpty() ? told.texts("participants") : asked(items.getLast(), told);
      case "open", "proposal", "evaluation", "voting", "negotiating", "balloting", "contributing" ->
          without(told.texts("participants"), told.objects("positions"));
      default -> List.of();
    };
  }

  private static List<String> asked(Payload item, Payload told) {
    Optional<String> assignee = item.text("assignee").filter(name -> !name.isEmpty());
    return assignee
        .map(List::of)
        .orElseGet(() -> without(told.texts("participants"), List.of(item)));
  }

  private static List<String> without(List<String> participants, List<Payload> heard) {
    List<String> left = new ArrayList<>(participants);
    heard.forEach(each -> each.text("participantId").ifPresent(left::remove));
    return List.copyOf(left);
  }

  private static List<String> refusals(String phase, Payload policy) {
    List<Payload> evaluations = policy.objects("commitmentEvaluations");
    if (evaluations.isEmpty() || phase.equals("committed")) {
      return List.of();
    }
    Payload last = evaluations.getLast();
    return last.text("decision").filter("deny"::equals).isPresent()
        ? last.texts("reasons")
        : List.of();
  }

  private static long missingVotes(Payload policy) {
    List<Payload> tallies = policy.objects("voteTally");
    if (tallies.isEmpty()) {
      return 0;
    }
    Payload quorum = inside(tallies.getLast(), "quorum");
    return Math.max(0, quorum.count("required") - quorum.count("cast"));
  }

  private static long missingApprovals(Payload told) {
    long required =
        told.objects("items").stream().mapToLong(item -> item.count("requiredApprovals")).sum();
    long given =
        told.objects("positions").stream()
            .filter(position -> position.text("choice").filter("approve"::equals).isPresent())
            .count();
    return required == 0 ? 0 : Math.max(0, required - given);
  }
}
