// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a pass-through session stands: what was sent last.
 *
 * @param ownTypes message types between SessionStart and Commitment
 * @param last the last accepted message before the Commitment
 */
record PassThroughState(List<String> ownTypes, Optional<Last> last) implements ModeState {
  /** A message that was accepted, with its payload as sent. */
  record Last(String sender, String type, Bytes payload) {}

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    if (!terms.participants().isEmpty() && !terms.isParticipant(message.sender())) {
      return Optional.of(
          Rejection.forbidden(
              "%s may only be sent by a declared participant; %s is not one"
                  .formatted(message.type(), message.sender())));
    }
    if (!ownTypes.contains(message.type())) {
      return Optional.of(
          Rejection.invalid(
              "message type '%s' is not part of mode %s; expected one of %s or Commitment"
                  .formatted(message.type(), terms.mode(), ownTypes)));
    }
    return message.payload() instanceof Content
        ? Optional.empty()
        : Optional.of(Rejection.invalid("%s does not carry its payload".formatted(message.type())));
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return Optional.empty();
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return Verdict.allow(List.of());
  }

  @Override
  public ModeState absorb(Message message) {
    return message.payload() instanceof Content content
        ? new PassThroughState(
            ownTypes, Optional.of(new Last(message.sender(), message.type(), content.bytes())))
        : this;
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("message_type", last.map(Last::type).orElse(""));
    view.put("sender", last.map(Last::sender).orElse(""));
    view.put("payload", last.map(Last::payload).map(PassThroughState::numbers).orElse(List.of()));
    return view;
  }

  private static List<Integer> numbers(Bytes payload) {
    List<Integer> numbers = new ArrayList<>(payload.size());
    for (byte each : payload.toArray()) {
      numbers.add(Byte.toUnsignedInt(each));
    }
    return numbers;
  }
}
