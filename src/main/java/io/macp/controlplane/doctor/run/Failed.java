// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.Map;
import java.util.Optional;

/** The run has failed. */
final class Failed implements Check<RunSight> {
  private static final String OTHER = "Read the message and the events before the end.";
  private static final Map<String, String> ADVICE =
      Map.of(
          "MODE_NOT_SUPPORTED", "Use a mode that the runtime supports, or register it there.",
          "RUNTIME_TIMEOUT", "Let an agent open the session sooner; see SESSION_POLL_TIMEOUT_MS.",
          "SESSION_EXPIRED", "Open the session with a longer ttlMs, or see who stayed silent.",
          "STREAM_EXHAUSTED", "See to the runtime; STREAM_MAX_RETRIES bounds the attempts.",
          "FORBIDDEN", "Have the runtime allow our identity to observe the session.",
          "UNAUTHENTICATED", "Renew the credential for the runtime.",
          "UNKNOWN_POLICY_VERSION", "Register the policy at the runtime first.",
          "POLICY_DENIED", "See what the policy asks for, and bring it.",
          "KICKOFF_FAILED", "See why the runtime refused the message.",
          "RUNTIME_UNAVAILABLE", "Start the runtime, or correct RUNTIME_ADDRESS.");
  private static final Ailment AILMENT =
      new Ailment(
          "run-failed",
          Severity.ERROR,
          new Ailment.Words(
              "The run has failed.",
              "What the code in the evidence says; the message has what led to it.",
              "Do what the advice in the evidence says, then launch the run again, for "
                  + "example by a clone."),
          Optional.of(
              new Ailment.Remedy("POST", "/runs/{id}/clone", "Launch it again as a new run")));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    if (!sight.is("failed")) {
      return Optional.empty();
    }
    String code = sight.facts().errorCode();
    return Optional.of(
        Evidence.of("code", code)
            .and("message", sight.facts().errorMessage())
            .and("advice", ADVICE.getOrDefault(code, OTHER)));
  }
}
