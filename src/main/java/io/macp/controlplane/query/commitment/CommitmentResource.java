// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.commitment;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows the commitment of a run so that anyone can check it (docs/commitments.md). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class CommitmentResource {
  private final RunReadStore runs;
  private final Commitments commitments;

  @Inject
  public CommitmentResource(RunReadStore runs, EventReadStore events) {
    this.runs = runs;
    this.commitments = new Commitments(runs, events);
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/commitment")
  @Operation(
      summary = "The commitment of a run",
      description =
          "Its fields, its canonical hash with each step of the recomputation, the verdict"
              + " (verified, mismatch or cannot_verify), the commitment that it supersedes and up"
              + " to 100 that supersede it.")
  @APIResponse(responseCode = "200", description = "The commitment, verified from its bytes")
  @APIResponse(
      responseCode = "404",
      description =
          "There is no such run (RUN_NOT_FOUND), or no commitment in it yet"
              + " (COMMITMENT_NOT_FOUND)")
  public Map<String, @Nullable Object> commitment(@PathParam("id") String id) {
    Committed commitment = require(PathIds.uuid(id));
    return CommitmentTree.of(
        commitment, commitments.superseded(commitment), commitments.superseding(commitment));
  }

  private Committed require(UUID runId) {
    return commitments.find(runId).orElseThrow(() -> missing(runId).asException());
  }

  private Problem missing(UUID runId) {
    return runs.find(runId).isPresent()
        ? Problem.of(ErrorCode.COMMITMENT_NOT_FOUND, "run " + runId + " has no commitment")
        : Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found");
  }
}
