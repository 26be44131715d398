// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.simulate.edge;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import io.macp.controlplane.embedded.server.BuiltInModes;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.simulate.RecordedFact;
import io.macp.controlplane.simulate.Simulator;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
  private final Trials trials;

  @Inject
  public SimulateResource(Trials trials) {
    this.trials = trials;
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
    List<RecordedFact> facts = request.runId().map(trials::recorded).orElse(request.events());
    PolicyDescriptor policy =
        request.policy().orElseGet(() -> trials.registered(request.policyId().orElseThrow()));
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
}
