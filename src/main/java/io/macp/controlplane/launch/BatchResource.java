// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Commands about several runs at once (control-plane contract, section 3.7). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class BatchResource {
  private static final int MOST_RUNS = 200;
  private static final Batch BATCH = new Batch(Duration.ofSeconds(30));

  private final Control control;
  private final Shelf shelf;

  @Inject
  public BatchResource(Control control, Shelf shelf) {
    this.control = control;
    this.shelf = shelf;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/batch/cancel")
  @Operation(summary = "Cancel several runs")
  @APIResponse(responseCode = "201", description = "What became of each")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  public Response cancel(BodyFields body) {
    return each(
        body,
        runId -> control.cancel(runId, Optional.empty(), Control.Manner.AGREED),
        run -> run.status().wireName());
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/batch/archive")
  @Operation(summary = "Hide several runs from lists")
  @APIResponse(responseCode = "201", description = "What became of each")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  public Response archive(BodyFields body) {
    return each(body, shelf::archive, run -> "archived");
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/batch/delete")
  @Operation(summary = "Delete several runs that have ended")
  @APIResponse(responseCode = "201", description = "What became of each")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  public Response delete(BodyFields body) {
    return each(body, shelf::delete, run -> "deleted");
  }

  private static Response each(
      BodyFields body, Function<UUID, RunRecord> change, Function<RunRecord, String> word) {
    List<UUID> runIds = body.uuids("runIds", 1, MOST_RUNS);
    body.checkRead();
    return Response.status(Response.Status.CREATED)
        .entity(Map.of("results", BATCH.each(runIds, change, word)))
        .build();
  }
}
