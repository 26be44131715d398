// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query.picture;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.event.Source;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.history.CourseStore;
import io.macp.controlplane.log.history.RunHistory;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Pictures of a run, and one event with what it was made of. Beyond the contract. */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class PictureResource {
  private static final long LATEST = Integer.MAX_VALUE;
  private static final int USUAL_COLUMNS = 480;
  private static final int FEWEST_COLUMNS = 20;
  private static final int MOST_COLUMNS = 2_000;

  private final RunReadStore runs;
  private final RunHistory history;
  private final CourseStore course;

  @Inject
  public PictureResource(RunReadStore runs, RunHistory history, CourseStore course) {
    this.runs = runs;
    this.history = history;
    this.course = course;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/graph")
  @Operation(summary = "Who spoke to whom, laid out")
  @APIResponse(responseCode = "200", description = "Nodes with their places, edges as curves")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, Object> graph(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    long seq = query.findInteger("seq", 0, Integer.MAX_VALUE).orElse(LATEST);
    String view = query.findChoice("view", List.of("aggregated", "expanded")).orElse("aggregated");
    query.check();
    requireRun(runId);
    Map<String, Object> state =
        (seq == LATEST ? history.now(runId) : history.at(runId, seq)).toTree();
    GraphLayout.Picture picture =
        GraphSource.of(state, course.spoken(runId, seq))
            .layOut(GraphLayout.View.valueOf(view.toUpperCase(Locale.ROOT)));
    Map<String, Object> answer = answer(runId);
    answer.put("view", view);
    answer.put("seq", GraphSource.latestSeq(state));
    answer.putAll(PictureTrees.graph(picture));
    return answer;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/lanes")
  @Operation(summary = "What happened when, a lane for each participant")
  @APIResponse(responseCode = "200", description = "Every event counted in a cell")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, Object> lanes(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    long from = query.findInteger("fromSeq", 1, Integer.MAX_VALUE).orElse(1L);
    long to = query.findInteger("toSeq", 1, Integer.MAX_VALUE).orElse((long) Integer.MAX_VALUE);
    int columns = query.integer("columns", USUAL_COLUMNS, FEWEST_COLUMNS, MOST_COLUMNS);
    query.check();
    requireRun(runId);
    Map<String, Object> answer = answer(runId);
    answer.putAll(PictureTrees.lanes(Lanes.of(course.steps(runId, from, to), columns)));
    return answer;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/events/{seq}")
  @Operation(summary = "One event, with the raw fact that it was made of")
  @APIResponse(responseCode = "200", description = "Both; no raw fact for what we state ourselves")
  @APIResponse(responseCode = "400", description = "The sequence is no whole number")
  @APIResponse(responseCode = "404", description = "There is no such run, or no such event in it")
  public Map<String, @Nullable Object> event(
      @PathParam("id") String id, @PathParam("seq") String seq) {
    UUID runId = PathIds.uuid(id);
    QueryFields path = QueryFields.of(Map.of("seq", List.of(seq)));
    long number = path.findInteger("seq", 1, Integer.MAX_VALUE).orElse(0L);
    path.check();
    requireRun(runId);
    RecordedEvent event =
        course
            .find(runId, number)
            .orElseThrow(
                () ->
                    Problem.of(
                            ErrorCode.NOT_FOUND,
                            "run " + runId + " has no canonical event with the sequence " + number)
                        .asException());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("event", event.toTree());
    answer.put("raw", raw(event));
    return answer;
  }

  /** What the control plane states itself is made of no fact. */
  private @Nullable Map<String, @Nullable Object> raw(RecordedEvent event) {
    if (event.source().kind().equals(Source.CONTROL_PLANE.kind())) {
      return null;
    }
    return course.findFactBefore(event.runId(), event.seq()).orElse(null);
  }

  private void requireRun(UUID runId) {
    if (runs.find(runId).isEmpty()) {
      throw Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException();
    }
  }

  private static Map<String, Object> answer(UUID runId) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("runId", runId.toString());
    return answer;
  }
}
