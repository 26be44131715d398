// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Payload;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rounds in progress.
 *
 * @param participants whose values have to become equal
 * @param round how many contributions were new or changed something
 * @param contributions the current value by sender
 * @param converged whether all values have been equal once; nothing takes it back
 */
record MultiRoundState(
    List<String> participants, long round, GrowingMap<String> contributions, boolean converged)
    implements ModeState {
  private static final String CONVERGENCE = "all_equal";

  static MultiRoundState begin(List<String> participants) {
    return new MultiRoundState(participants, 0, GrowingMap.empty(), false);
  }

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    if (!terms.isParticipant(message.sender())) {
      return Optional.of(
          Rejection.forbidden(
              "%s may only be sent by a declared participant; %s is not one"
                  .formatted(message.type(), message.sender())));
    }
    if (!message.type().equals(MultiRoundMode.CONTRIBUTE)) {
      return invalid(
          "message type '%s' is not part of the multi-round mode; expected Contribute or Commitment"
              .formatted(message.type()));
    }
    if (message.payload() instanceof Payload.Unreadable unreadable) {
      return invalid(unreadable.problem());
    }
    if (!(message.payload() instanceof Contribution contribution)) {
      return invalid("Contribute does not carry its payload message");
    }
    if (contribution.value().isEmpty()) {
      return invalid("value of a Contribute must not be empty");
    }
    return converged
        ? invalid("Contribute is accepted before convergence only; the session has converged")
        : Optional.empty();
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return converged
        ? Optional.empty()
        : invalid(
            "a Commitment needs convergence; %d of %d participants have contributed"
                .formatted(contributions.size(), participants.size()));
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return Verdict.allow(List.of());
  }

  @Override
  public ModeState absorb(Message message) {
    if (!(message.payload() instanceof Contribution contribution)) {
      return this;
    }
    String value = contribution.value();
    if (contributions.find(message.sender()).filter(value::equals).isPresent()) {
      return this;
    }
    GrowingMap<String> changed = contributions.with(message.sender(), value);
    return new MultiRoundState(participants, round + 1, changed, allSay(value, changed));
  }

  /** Costs at most one look-up per participant, however long the session is. */
  private boolean allSay(String value, GrowingMap<String> changed) {
    return participants.stream()
        .allMatch(participant -> changed.find(participant).filter(value::equals).isPresent());
  }

  private static Optional<Rejection> invalid(String message) {
    return Optional.of(Rejection.invalid(message));
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("round", round);
    view.put("participants", participants);
    view.put("contributions", contributions.toMap());
    view.put("convergence_type", CONVERGENCE);
    view.put("converged", converged);
    return view;
  }
}
