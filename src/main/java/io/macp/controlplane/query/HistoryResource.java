// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.projection.RunState;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Looks back into a run (control-plane contract, section 3.8). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "replay")
public class HistoryResource {
  private final RunReadStore runs;
  private final RunHistory history;

  @Inject
  public HistoryResource(RunReadStore runs, RunHistory history) {
    this.runs = runs;
    this.history = history;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/replay/state")
  @Operation(summary = "The read model of a run as it was at a sequence")
  @APIResponse(responseCode = "200", description = "The fold of all events up to the sequence")
  @APIResponse(responseCode = "400", description = "The sequence is no whole number")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, Object> state(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    Optional<Long> seq = query.findInteger("seq", 0, Long.MAX_VALUE);
    query.check();
    if (runs.find(runId).isEmpty()) {
      throw Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
    }
    RunState state = seq.map(at -> history.at(runId, at)).orElseGet(() -> history.now(runId));
    return state.toTree();
  }
}
