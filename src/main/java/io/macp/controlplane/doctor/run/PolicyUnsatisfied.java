// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import io.macp.controlplane.doctor.Evidence;
import io.macp.controlplane.doctor.Severity;
import java.util.List;
import java.util.Optional;

/** The policy does not let the commitment through. */
final class PolicyUnsatisfied implements Check<RunSight> {
  private static final Ailment AILMENT =
      new Ailment(
          "policy-unsatisfied",
          Severity.WARNING,
          new Ailment.Words(
              "No commitment ends the run.",
              "The policy of the session is not satisfied by what was said so far: it has "
                  + "refused a commitment, or would refuse one. The evidence has its "
                  + "reasons and what is missing.",
              "Bring what is missing into the session: votes, approvals, or a "
                  + "commitment of the role that the policy names. POST "
                  + "/runtime/policies/simulate tells what another policy would say."));

  @Override
  public Ailment ailment() {
    return AILMENT;
  }

  @Override
  public Optional<Evidence> examine(RunSight sight) {
    List<String> refusals = sight.course().refusals();
    List<String> reasons = refusals.isEmpty() ? sight.course().lacks() : refusals;
    if (!sight.is("running", "suspended", "failed") || reasons.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Evidence.of("reasons", reasons)
            .and("refused", !refusals.isEmpty())
            .and("missingVotes", sight.course().missingVotes())
            .and("missingApprovals", sight.course().missingApprovals()));
  }
}
