// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.event.Payload;
import java.util.List;
import java.util.Optional;

/**
 * How a recorded session began, under another policy: its terms name the versions that it was
 * really bound to, which its commitments repeat, and hold the policy that is tried.
 *
 * @param sessionId the session
 * @param terms real versions, tried policy
 * @param recordedStart whether the log holds the SessionStart; without it earlier messages may be
 *     missing too
 */
record Opening(String sessionId, SessionTerms terms, boolean recordedStart) {

  /** The beginning that the log tells of; empty when it knows no session. */
  static Optional<Opening> find(List<RecordedFact> facts, PolicyDescriptor tried) {
    Optional<RecordedFact> start =
        facts.stream()
            .filter(RecordedFact::isMessage)
            .filter(fact -> fact.text("messageType").equals(Envelope.SESSION_START))
            .findFirst();
    Optional<RecordedFact> binding = facts.stream().filter(RecordedFact::isBinding).findFirst();
    return start.isEmpty() && binding.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sources(start, binding).opening(tried));
  }

  String boundPolicyId() {
    return terms.versions().policy();
  }

  private record Sources(Optional<RecordedFact> start, Optional<RecordedFact> binding) {
    Opening opening(PolicyDescriptor tried) {
      MessageFields asked =
          start.map(RecordedFact::fields).orElse(new MessageFields(Payload.EMPTY));
      MessageFields bound =
          new MessageFields(binding.map(RecordedFact::data).orElse(Payload.EMPTY));
      // The binding names the policy that an empty request was resolved to.
      String policy = first(bound.text("policyVersion"), asked.text("policyVersion"));
      List<String> participants = asked.texts("participants");
      SessionStart began =
          new SessionStart(
              participants.isEmpty() ? bound.texts("participants") : participants,
              new SessionStart.Versions(
                  first(asked.text("modeVersion"), bound.text("modeVersion")),
                  first(asked.text("configurationVersion"), bound.text("configurationVersion")),
                  first(policy, PolicyDescriptor.DEFAULT_ID)),
              asked.whole("ttlMs"),
              asked.whole("maxSuspendMs"),
              asked.text("contextId"),
              List.of());
      return new Opening(
          base("sessionId"),
          new SessionTerms(
              base("modeName"),
              first(start.map(fact -> fact.text("sender")).orElse(""), bound.text("initiator")),
              began,
              tried),
          start.isPresent());
    }

    private String base(String field) {
      return first(
          start.map(fact -> fact.text(field)).orElse(""),
          binding.map(fact -> fact.text(field)).orElse(""));
    }

    private static String first(String text, String other) {
      return text.isEmpty() ? other : text;
    }
  }
}
