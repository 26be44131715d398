// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.run;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import java.util.List;

/** The checks of one run. */
public final class RunChecks {
  /** In the order in which they are told. */
  public static final List<Check<RunSight>> ALL =
      List.of(
          new NotTakenUp(),
          new WaitsForRuntime(),
          new SessionNotOpened(),
          new SessionIdMismatch(),
          new BindingStuck(),
          new StreamReconnecting(),
          new SessionGone(),
          new EnvelopesMissing(),
          new WaitsForParticipants(),
          new WaitsForCommitment(),
          new Suspended(),
          new DeadlineNear(),
          new PolicyUnsatisfied(),
          new Failed(),
          new ProjectionBehind(),
          new ReplayTooLarge());

  private RunChecks() {}

  /** What these checks look for. */
  public static List<Ailment> ailments() {
    return ALL.stream().map(Check::ailment).toList();
  }
}
