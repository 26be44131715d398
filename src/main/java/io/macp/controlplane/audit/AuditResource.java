// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.audit;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads the audit log (control-plane contract, section 11). */
@Path("/audit")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit")
public class AuditResource {
  private static final String JSON_LINES = "application/x-ndjson";
  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 50;
  private static final int STRETCH = 500;

  private final AuditStore store;
  private final Clock clock;

  @Inject
  public AuditResource(AuditStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "List the audit log, newest first")
  @APIResponse(responseCode = "200", description = "A page of rows and the exact total")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Map<String, @Nullable Object> list(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    AuditFilter filter = AuditFilter.read(query);
    int limit = query.integer("limit", USUAL_PAGE, 1, LARGEST_PAGE);
    int offset = query.integer("offset", 0, 0, Integer.MAX_VALUE);
    query.check();
    AuditStore.Page page = store.list(filter, limit, offset);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", page.rows().stream().map(AuditRecord::toTree).toList());
    answer.put("total", page.total());
    answer.put("limit", limit);
    answer.put("offset", offset);
    return answer;
  }

  /** All rows up to now, a stretch at a time, so that no number of rows fills the memory. */
  @GET
  @Requires(Scope.ADMIN)
  @Path("/export")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The audit log as JSON Lines, oldest first")
  @APIResponse(responseCode = "200", description = "One row per line")
  @APIResponse(responseCode = "400", description = "One message per wrong parameter")
  public Response export(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    AuditFilter asked = AuditFilter.read(query);
    query.check();
    AuditFilter filter = asked.until(clock.instant());
    // Read before the first byte, so that an absent database is answered and not an empty export.
    AuditStore.Stretch first = store.after(filter, 0, STRETCH);
    StreamingOutput lines = output -> write(filter, first, output);
    return Response.ok(lines)
        .type(JSON_LINES)
        .header("Content-Disposition", "attachment; filename=\"audit.ndjson\"")
        .build();
  }

  private void write(AuditFilter filter, AuditStore.Stretch first, OutputStream output)
      throws IOException {
    AuditStore.Stretch stretch = first;
    while (true) {
      for (AuditRecord row : stretch.rows()) {
        output.write(Json.writeBytes(row.toTree()));
        output.write('\n');
      }
      output.flush();
      if (stretch.rows().size() < STRETCH) {
        return;
      }
      stretch = store.after(filter, stretch.last(), STRETCH);
    }
  }
}
