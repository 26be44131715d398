// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.query;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunRecord;
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

/** Reads what hangs on a run (control-plane contract, sections 3.9, 3.11 and 10.1). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunDetailResource {
  private static final int LARGEST_PAGE = 1_000;
  private static final int USUAL_PAGE = 200;

  private final Runs runs;
  private final RunReadStore store;
  private final OutboundMessageStore messages;

  @Inject
  public RunDetailResource(Runs runs, RunReadStore store, OutboundMessageStore messages) {
    this.runs = runs;
    this.store = store;
    this.messages = messages;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/metrics")
  @Operation(summary = "The counters of a run")
  @APIResponse(responseCode = "200", description = "The counters; zeros before the first event")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, @Nullable Object> metrics(@PathParam("id") String id) {
    UUID runId = PathIds.uuid(id);
    runs.require(runId);
    return runs.metrics(runId).toTree();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/traces")
  @Operation(summary = "The trace of a run")
  @APIResponse(responseCode = "200", description = "What the read model knows of it")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Map<String, @Nullable Object> traces(@PathParam("id") String id) {
    UUID runId = PathIds.uuid(id);
    RunRecord run = runs.require(runId);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    if (runs.state(runId).toTree().get("trace") instanceof Map<?, ?> trace) {
      trace.forEach((name, value) -> answer.put(String.valueOf(name), value));
    }
    answer.put("runStatus", run.status().wireName());
    if (run.sourceRef() != null) {
      answer.put("scenarioRef", run.sourceRef());
    }
    return answer;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/artifacts")
  @Operation(summary = "The artifacts of a run, oldest first")
  @APIResponse(responseCode = "200", description = "The artifacts")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public List<Map<String, @Nullable Object>> artifacts(
      @PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    Stretch stretch = Stretch.read(uri);
    runs.require(runId);
    return store.listArtifacts(runId, stretch.limit(), stretch.offset()).stream()
        .map(artifact -> artifact.toTree(runId))
        .toList();
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/messages")
  @Operation(summary = "What was sent for a run, oldest first")
  @APIResponse(responseCode = "200", description = "The messages; none where we only observe")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public List<Map<String, @Nullable Object>> messages(
      @PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    Stretch stretch = Stretch.read(uri);
    runs.require(runId);
    return messages.list(runId, stretch.limit(), stretch.offset());
  }

  /** How much of a list that older clients take whole. */
  private record Stretch(int limit, int offset) {
    static Stretch read(UriInfo uri) {
      QueryFields query = QueryFields.of(uri.getQueryParameters());
      Stretch stretch =
          new Stretch(
              query.integer("limit", USUAL_PAGE, 1, LARGEST_PAGE),
              query.integer("offset", 0, 0, Integer.MAX_VALUE));
      query.check();
      return stretch;
    }
  }
}
