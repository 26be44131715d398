// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes runs in that were exported elsewhere (docs/transfer.md). */
@Path("/runs/import")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "transfer")
public class ImportResource {
  private final RunImporter importer;

  @Inject
  public ImportResource(RunImporter importer) {
    this.importer = importer;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Import an exported run, with its raw events")
  @APIResponse(responseCode = "201", description = "The run is there, identical")
  @APIResponse(responseCode = "400", description = "What is wrong, by line and field")
  @APIResponse(responseCode = "409", description = "The run exists, or another has its session")
  public Response take(@HeaderParam("Content-Type") String type, InputStream body)
      throws IOException {
    return Response.status(Response.Status.CREATED).entity(importer.take(body, form(type))).build();
  }

  private static RunImporter.Form form(String type) {
    String media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return switch (media) {
      case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" ->
          RunImporter.Form.LINES;
      case "application/json" -> RunImporter.Form.JSON;
      default ->
          throw Problem.invalid(
                  List.of("body must be JSON Lines (application/x-ndjson) or application/json"))
              .asException();
    };
  }
}
