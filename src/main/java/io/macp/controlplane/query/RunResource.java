// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.event.RecordedEvent;
import io.macp.controlplane.log.EventReadStore;
import io.macp.controlplane.log.EventReadStore.EventFilter;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
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
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads runs (control-plane contract, sections 3.3 to 3.5). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunResource {
  private final RunReadStore runs;
  private final EventReadStore events;
  private final RunHistory history;

  @Inject
  public RunResource(RunReadStore runs, EventReadStore events, RunHistory history) {
    this.runs = runs;
    this.events = events;
    this.history = history;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Operation(summary = "List runs")
  @APIResponse(responseCode = "200", description = "A page of records and the exact total")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Map<String, @Nullable Object> list(@Context UriInfo uri) {
    var filter = RunFilters.read(QueryFields.of(uri.getQueryParameters()));
    RunReadStore.RunPage page = runs.list(filter);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", page.runs().stream().map(RunRecord::toTree).toList());
    answer.put("total", page.total());
    answer.put("limit", filter.limit());
    answer.put("offset", filter.offset());
    return answer;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}")
  @Operation(summary = "The record of a run")
  @APIResponse(responseCode = "200", description = "The record")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, @Nullable Object> record(@PathParam("id") String id) {
    return require(PathIds.uuid(id)).toTree();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/state")
  @Operation(summary = "The read model of a run")
  @APIResponse(responseCode = "200", description = "The read model after the latest event")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, ? extends @Nullable Object> state(@PathParam("id") String id) {
    return history.now(require(PathIds.uuid(id)));
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/events")
  @Operation(summary = "The canonical events of a run")
  @APIResponse(responseCode = "200", description = "An array, or a page when filtered")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Object events(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    EventFilter filter = EventFilters.read(runId, QueryFields.of(uri.getQueryParameters()));
    require(runId);
    return filter.narrows()
        ? page(filter, events.list(filter))
        : trees(events.listAfter(runId, filter.afterSeq(), filter.limit()));
  }

  private static Map<String, @Nullable Object> page(
      EventFilter filter, EventReadStore.EventPage page) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", trees(page.events()));
    answer.put("total", page.total());
    answer.put("limit", filter.limit());
    if (!page.events().isEmpty()) {
      answer.put("nextCursor", page.events().getLast().seq());
    }
    return answer;
  }

  private static List<Map<String, @Nullable Object>> trees(List<RecordedEvent> recorded) {
    return recorded.stream().map(RecordedEvent::toTree).toList();
  }

  private RunRecord require(UUID runId) {
    return runs.find(runId)
        .orElseThrow(
            () -> Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException());
  }
}
