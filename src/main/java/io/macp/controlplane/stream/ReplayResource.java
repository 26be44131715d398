// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.stream;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import io.macp.controlplane.platform.work.Background;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recorded runs, sent again (control-plane contract, sections 3.8 and 4.4). */
@Path("/runs")
@Dependent
@Tag(name = "replay")
public class ReplayResource {
  private final StreamHub hub;
  private final RunReadStore runs;
  private final EventReadStore events;
  private final StreamAnswer answer;

  @Inject
  public ReplayResource(
      StreamHub hub, RunReadStore runs, EventReadStore events, Background background, Clock clock) {
    this.hub = hub;
    this.runs = runs;
    this.events = events;
    this.answer = new StreamAnswer(background, clock);
  }

  @POST
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/replay")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Ask for a replay")
  @APIResponse(responseCode = "201", description = "Where to get the replay")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response describe(@PathParam("id") String id, BodyFields body) {
    UUID runId = PathIds.uuid(id);
    ReplayWish wish = ReplayWish.of(body);
    require(runId);
    return Response.status(Response.Status.CREATED).entity(wish.descriptor(runId)).build();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/replay/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Watch a recorded run again")
  @APIResponse(responseCode = "200", description = "canonical_event events, then the end")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public void stream(
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpServletResponse response,
      @Suspended AsyncResponse client) {
    UUID runId = PathIds.uuid(id);
    ReplayWish wish = ReplayWish.of(QueryFields.of(uri.getQueryParameters()));
    RunRecord run = require(runId);
    Place place = hub.enter();
    StreamAnswer.prepare(response);
    answer.begin(
        client,
        place,
        "the replay of run " + runId,
        line -> new ReplayReader(runId, wish, line, events, place).serve(run.lastEventSeq()));
  }

  private RunRecord require(UUID runId) {
    return runs.find(runId)
        .orElseThrow(
            () -> Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException());
  }
}
