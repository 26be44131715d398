// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Bundles of runs (control-plane contract, section 3.10). */
@Path("/runs")
@Dependent
@Tag(name = "transfer")
public class ExportResource {
  static final String LINES = "application/x-ndjson";

  private static final int MOST_EVENTS = 50_000;

  private final RunBundles bundles;
  private final TransferSlots slots;

  @Inject
  public ExportResource(RunBundles bundles, TransferSlots slots) {
    this.bundles = bundles;
    this.slots = slots;
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/export")
  @Operation(summary = "A run as a bundle")
  @APIResponse(responseCode = "200", description = "A JSON object, or JSON Lines on request")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response export(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    int limit = query.integer("eventLimit", Selection.USUAL.eventLimit(), 1, MOST_EVENTS);
    boolean lines =
        query.findChoice("format", List.of("json", "jsonl")).filter("jsonl"::equals).isPresent();
    query.check();
    Bundle bundle = require(runId, selection(query, limit));
    return lines
        ? answer(LINES, writer -> writer.lines(bundle))
        : answer(MediaType.APPLICATION_JSON, writer -> writer.json(bundle));
  }

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/{id}/export/stream")
  @Operation(summary = "A run of any length as JSON Lines")
  @APIResponse(responseCode = "200", description = "A header line, then one line per event")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response stream(@PathParam("id") String id, @Context UriInfo uri) {
    UUID runId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    int limit = query.integer("eventLimit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    query.check();
    Bundle bundle = require(runId, selection(query, limit));
    return answer(LINES, writer -> writer.lines(bundle));
  }

  private static Selection selection(QueryFields query, int limit) {
    boolean canonical = !query.has("includeCanonical") || query.isTrue("includeCanonical");
    return new Selection(canonical, query.isTrue("includeRaw"), limit);
  }

  private Bundle require(UUID runId, Selection selection) {
    return bundles
        .open(runId, selection)
        .orElseThrow(
            () -> Problem.of(ErrorCode.RUN_NOT_FOUND, "run " + runId + " not found").asException());
  }

  @FunctionalInterface
  private interface Writing {
    void on(BundleWriter writer) throws IOException;
  }

  /** The place is taken when the writing begins: whoever asks for the head only never writes. */
  private Response answer(String type, Writing writing) {
    StreamingOutput body =
        out -> {
          TransferSlots.Slot slot = slots.export();
          try {
            writing.on(new BundleWriter(out));
          } finally {
            slot.giveBack();
          }
        };
    return Response.ok(body, type).build();
  }
}
