// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate;

import io.macp.controlplane.embedded.SessionMachine;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Says what a policy would have said about recorded sessions. Immutable and thread-safe. */
public final class Simulator {
  private final ModeCatalog modes;

  /**
   * @param modes the modes whose rules can be evaluated
   */
  public Simulator(ModeCatalog modes) {
    this.modes = modes;
  }

  /** How a simulation ended. */
  public sealed interface Outcome {
    /** Every commitment was judged. */
    record Judged(Report report) implements Outcome {}

    /**
     * Nothing could be judged.
     *
     * @param message one sentence
     */
    record Impossible(Obstacle obstacle, String message) implements Outcome {}
  }

  /** Why nothing could be judged. */
  public enum Obstacle {
    NO_SESSION,
    MODE_WITHOUT_POLICY,
    POLICY_OF_ANOTHER_MODE,
    OUT_OF_TIME
  }

  /**
   * Runs the events through the kernel under a policy whose rules have been checked.
   *
   * @param inTime asked between events; false ends the simulation
   */
  public Outcome simulate(
      List<RecordedFact> facts, PolicyDescriptor policy, BooleanSupplier inTime) {
    List<RecordedFact> ordered =
        facts.stream().sorted(Comparator.comparingLong(RecordedFact::seq)).toList();
    Optional<Opening> opening = Opening.find(ordered, policy);
    if (opening.isEmpty()) {
      return new Outcome.Impossible(
          Obstacle.NO_SESSION, "the events tell of no session, so there is nothing to judge");
    }
    String mode = opening.get().terms().mode();
    Optional<MessageAdapter> adapter =
        modes.find(mode).flatMap(known -> MessageAdapters.find(mode));
    if (adapter.isEmpty()) {
      return new Outcome.Impossible(
          Obstacle.MODE_WITHOUT_POLICY,
          "no policy is evaluated in sessions of mode '"
              + mode
              + "': their initiator commits, whatever a policy says; policies can be tried on"
              + " sessions of "
              + MessageAdapters.modes());
    }
    if (!policy.governs(mode)) {
      return new Outcome.Impossible(
          Obstacle.POLICY_OF_ANOTHER_MODE,
          "policy '" + policy.id() + "' governs " + policy.mode() + ", not " + mode);
    }
    return run(
        new Simulation(opening.get(), new SessionMachine(modes), adapter.get()), ordered, inTime);
  }

  private static Outcome run(
      Simulation simulation, List<RecordedFact> facts, BooleanSupplier inTime) {
    simulation.prepare(facts);
    for (RecordedFact fact : facts) {
      if (!inTime.getAsBoolean()) {
        return new Outcome.Impossible(
            Obstacle.OUT_OF_TIME, "the simulation took too long and was given up");
      }
      simulation.take(fact);
    }
    return new Outcome.Judged(simulation.report());
  }
}
