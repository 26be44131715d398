// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.overview;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.event.Timestamps;
import io.macp.controlplane.log.RunReadStore;
import io.macp.controlplane.log.RunReadStore.OpenStream;
import io.macp.controlplane.observe.Observation;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.retention.RetentionConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What goes on behind the scenes and neither probe nor metrics tell. */
@Path("/admin/operations")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "admin")
public class OperationsResource {
  private static final int MOST_STREAMS = 200;
  private static final int MOST_OUTDATED = 1_000;

  private final RunReadStore runs;
  private final Observation observation;
  private final RetentionConfig retention;

  @Inject
  public OperationsResource(RunReadStore runs, Observation observation, Settings settings) {
    this.runs = runs;
    this.observation = observation;
    this.retention = RetentionConfig.read(settings);
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "Streams of the runtime, outdated read models, retention")
  @APIResponse(responseCode = "200", description = "How the work behind the scenes stands")
  public Map<String, @Nullable Object> operations() {
    Map<String, @Nullable Object> streams = new LinkedHashMap<>();
    streams.put("followed", observation.followed());
    streams.put(
        "open", runs.listStreams(MOST_STREAMS).stream().map(OperationsResource::tree).toList());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("streams", streams);
    answer.put("projections", Map.of("outdated", runs.countOutdated(MOST_OUTDATED)));
    answer.put("retention", retention());
    return answer;
  }

  private static Map<String, @Nullable Object> tree(OpenStream stream) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("runId", stream.runId().toString());
    tree.put("status", stream.status().wireName());
    tree.put("changedAt", Timestamps.format(stream.changedAt()));
    tree.put("position", stream.position().orElse(null));
    return tree;
  }

  private Map<String, @Nullable Object> retention() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("enabled", retention.age().isPresent());
    tree.put("ttlDays", retention.age().map(Duration::toDays).orElse(null));
    tree.put("intervalHours", retention.interval().toHours());
    tree.put("batchSize", retention.batchSize());
    return tree;
  }
}
