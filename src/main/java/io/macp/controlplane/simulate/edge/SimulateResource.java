// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate.edge;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
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
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.view.PolicyView;
import io.macp.controlplane.simulate.RecordedFact;
import io.macp.controlplane.simulate.Simulator;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tries a policy on a recorded session; an endpoint of our own, described in docs/policies.md. */
@Path("/runtime/policies/simulate")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runtime")
public class SimulateResource {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final ModeCatalog modes = BuiltInModes.catalog();
  private final Simulator simulator = new Simulator(modes);
  private final RunReadStore runs;
  private final EventReadStore events;
  private final RuntimeConnection runtime;

  @Inject
  public SimulateResource(RunReadStore runs, EventReadStore events, RuntimeConnection runtime) {
    this.runs = runs;
    this.events = events;
    this.runtime = runtime;
  }

  @POST
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "What a policy would have said about every commitment of a recorded session")
  @APIResponse(responseCode = "201", description = "A verdict with its reasons per commitment")
  @APIResponse(responseCode = "400", description = "One message per wrong field or rule")
  @APIResponse(responseCode = "404", description = "There is no such run or policy")
  @APIResponse(responseCode = "409", description = "The run has no session yet")
  public Response simulate(BodyFields body) {
    SimulateRequest request = SimulateRequest.read(body, modes);
    List<RecordedFact> facts = request.runId().map(this::recorded).orElse(request.events());
    PolicyDescriptor policy =
        request.policy().orElseGet(() -> registered(request.policyId().orElseThrow()));
    long start = System.nanoTime();
    Simulator.Outcome outcome =
        simulator.simulate(facts, policy, () -> System.nanoTime() - start < LONGEST.toNanos());
    return switch (outcome) {
      case Simulator.Outcome.Judged judged -> answer(request.runId(), judged);
      case Simulator.Outcome.Impossible impossible -> throw problem(impossible).asException();
    };
  }

  private static Response answer(Optional<UUID> runId, Simulator.Outcome.Judged judged) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    runId.ifPresent(id -> tree.put("runId", id.toString()));
    tree.putAll(judged.report().toTree());
    return Response.status(Response.Status.CREATED).entity(tree).build();
  }

  private static Problem problem(Simulator.Outcome.Impossible impossible) {
    ErrorCode code =
        switch (impossible.obstacle()) {
          case NO_SESSION -> ErrorCode.CONFLICT;
          case MODE_WITHOUT_POLICY -> ErrorCode.MODE_NOT_SUPPORTED;
          case POLICY_OF_ANOTHER_MODE -> ErrorCode.INVALID_POLICY_DEFINITION;
          case OUT_OF_TIME -> ErrorCode.PAYLOAD_TOO_LARGE;
        };
    return Problem.of(code, impossible.message());
  }

  private List<RecordedFact> recorded(UUID runId) {
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
    return page.events().stream().map(SimulateResource::fact).toList();
  }

  private static RecordedFact fact(RecordedEvent recorded) {
    return new RecordedFact(
        recorded.seq(),
        recorded.ts().toEpochMilli(),
        recorded.event().type(),
        recorded.event().data());
  }

  private PolicyDescriptor registered(String policyId) {
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
