// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.projection.Comparison;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Compares two runs (control-plane contract, section 3.10). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class CompareResource {
  private final Runs runs;

  @Inject
  public CompareResource(Runs runs) {
    this.runs = runs;
  }

  @POST
  @Requires(Scope.RUNS_READ)
  @Path("/compare")
  @Operation(summary = "Compare two runs")
  @APIResponse(responseCode = "201", description = "What tells them apart")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response compare(BodyFields body) {
    UUID leftId = body.uuid("leftRunId");
    UUID rightId = body.uuid("rightRunId");
    body.check();
    Comparison.Side left = side(leftId);
    // A run that goes on meanwhile still equals itself.
    Comparison.Side right = leftId.equals(rightId) ? left : side(rightId);
    return Response.status(Response.Status.CREATED)
        .entity(new Comparison(left, right).toTree())
        .build();
  }

  private Comparison.Side side(UUID runId) {
    RunRecord run = runs.require(runId);
    return new Comparison.Side(
        runId, run.status().wireName(), runs.state(runId), runs.metrics(runId));
  }
}
