// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.SessionStart;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From which point on a commitment of either outcome would first have been let through.
 *
 * @param positive sequence of the first event after which a positive one would have been
 * @param negative likewise for a negative one
 */
record Readiness(Optional<Long> positive, Optional<Long> negative) {
  static final Readiness NEVER = new Readiness(Optional.empty(), Optional.empty());

  /** This readiness after one more event. */
  Readiness after(long seq, Session session) {
    return new Readiness(
        positive.or(() -> accepts(session, true) ? Optional.of(seq) : Optional.empty()),
        negative.or(() -> accepts(session, false) ? Optional.of(seq) : Optional.empty()));
  }

  private static boolean accepts(Session session, boolean outcome) {
    ModeState state = session.progress().modeState();
    Commitment probe = probe(session.terms().versions(), outcome);
    return state.refuseCommitment(session.terms(), probe).isEmpty()
        && state.judge(session.terms(), probe).allowed();
  }

  /**
   * Why the policy would deny a positive commitment that the mode would take; empty when it would
   * not, and when the mode itself is not that far.
   */
  static List<String> missing(Session session) {
    Commitment probe = probe(session.terms().versions(), true);
    ModeState state = session.progress().modeState();
    if (session.state() != SessionState.OPEN
        || state.refuseCommitment(session.terms(), probe).isPresent()) {
      return List.of();
    }
    Verdict verdict = state.judge(session.terms(), probe);
    return verdict.allowed() ? List.of() : verdict.reasons();
  }

  private static Commitment probe(SessionStart.Versions versions, boolean outcome) {
    return new Commitment(
        "probe",
        new Commitment.Terms("probe", "probe", "probe"),
        versions,
        outcome,
        Optional.empty());
  }

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("positive", positive.orElse(null));
    tree.put("negative", negative.orElse(null));
    return tree;
  }
}
