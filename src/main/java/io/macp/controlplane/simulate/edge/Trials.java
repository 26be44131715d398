// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate.edge;

import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.server.BuiltInModes;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.EventReadStore.EventFilter;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.controlplane.simulate.RecordedFact;
import io.macp.controlplane.simulate.Simulator;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tries policies on recorded runs. Thread-safe. */
@SharedInstance
public final class Trials {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final ModeCatalog modes = BuiltInModes.catalog();
  private final Simulator simulator = new Simulator(modes);
  private final RunReadStore runs;
  private final EventReadStore events;
  private final RuntimeConnection runtime;

  @Inject
  public Trials(RunReadStore runs, EventReadStore events, RuntimeConnection runtime) {
    this.runs = runs;
    this.events = events;
    this.runtime = runtime;
  }

  /**
   * Why a policy would deny a positive commitment in the session of a run now; empty when it would
   * not, and when that cannot be told within a second.
   *
   * @throws io.macp.controlplane.runtime.RuntimeCallFailed when the runtime does not tell its rules
   * @throws Problem.ProblemException when run or policy cannot be evaluated here
   */
  public List<String> missing(UUID runId, String policyId) {
    PolicyDescriptor policy = registered(policyId);
    long start = System.nanoTime();
    return switch (simulator.simulate(
        recorded(runId), policy, () -> System.nanoTime() - start < LONGEST.toNanos())) {
      case Simulator.Outcome.Judged judged -> judged.report().missing();
      case Simulator.Outcome.Impossible impossible -> List.of();
    };
  }

  /** What a simulation looks at of a run. */
  List<RecordedFact> recorded(UUID runId) {
    if (runs.find(runId).isEmpty()) {
      throw Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
    }
    EventFilter filter =
        new EventFilter(
            runId,
            0,
            Optional.empty(),
            Optional.empty(),
            RecordedFact.TYPES,
            SimulateRequest.MOST_EVENTS);
    EventReadStore.EventPage page = events.list(filter);
    if (page.total() > SimulateRequest.MOST_EVENTS) {
      throw Problem.of(
              ErrorCode.PAYLOAD_TOO_LARGE,
              "run "
                  + runId
                  + " has "
                  + page.total()
                  + " messages; at most "
                  + SimulateRequest.MOST_EVENTS
                  + " can be simulated")
          .asException();
    }
    return page.events().stream().map(Trials::fact).toList();
  }

  private static RecordedFact fact(RecordedEvent recorded) {
    return new RecordedFact(
        recorded.seq(),
        recorded.ts().toEpochMilli(),
        recorded.event().type(),
        recorded.event().data());
  }

  /** A policy that the runtime knows. */
  PolicyDescriptor registered(String policyId) {
    PolicyView view = runtime.require().getPolicy(policyId);
    Map<String, Object> tree = rules(view);
    PolicyDescriptor policy =
        new PolicyDescriptor(
            view.policyId(),
            view.mode(),
            view.description(),
            new PolicyDescriptor.Rules(view.rules(), tree),
            (int) view.schemaVersion(),
            view.registeredAtUnixMs());
    List<String> problems = SimulateRequest.problems(policy, modes);
    if (!problems.isEmpty()) {
      throw unusable(policyId, String.join("; ", problems));
    }
    return policy;
  }

  private static Map<String, Object> rules(PolicyView view) {
    if (view.rules().isBlank()) {
      return Map.of();
    }
    try {
      if (Json.read(view.rules().getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?>) {
        return Json.readObject(view.rules());
      }
    } catch (Json.MalformedJson e) {
      throw unusable(view.policyId(), "rules are " + e.getMessage());
    }
    throw unusable(view.policyId(), "rules must be a JSON object");
  }

  private static Problem.ProblemException unusable(String policyId, String problem) {
    return Problem.of(
            ErrorCode.INVALID_POLICY_DEFINITION,
            "policy '" + policyId + "' cannot be evaluated here: " + problem)
        .asException();
  }
}
