// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.ledger.Ledger;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.projection.RunState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes the read model of a run anew (control-plane contract, section 3.10). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class ProjectionResource {
  private final Ledger ledger;
  private final AuditTrail trail;

  @Inject
  public ProjectionResource(Ledger ledger, AuditTrail trail) {
    this.trail = trail;
    this.ledger = ledger;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/projection/rebuild")
  @Operation(summary = "Fold all events of a run anew")
  @APIResponse(responseCode = "201", description = "The read model, and that it was rebuilt")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response rebuild(@PathParam("id") String id, BodyFields body) {
    UUID runId = PathIds.uuid(id);
    body.checkRead();
    RunState state =
        trail
            .begin(AuditAction.PROJECTION_REBUILT, runId)
            .during(() -> ledger.rebuild(runId).orElseThrow(() -> unknown(runId)));
    Map<String, Object> answer = new LinkedHashMap<>(state.toTree());
    answer.put("rebuilt", true);
    answer.put("latestSeq", state.latestSeq());
    return Response.status(Response.Status.CREATED).entity(answer).build();
  }

  private static Problem.ProblemException unknown(UUID runId) {
    return Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
  }
}
