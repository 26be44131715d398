// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.Artifact;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Puts runs away and attaches things to them (control-plane contract, 3.7 and 3.11). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class ShelfResource {
  private static final List<String> KINDS = List.of("trace", "json", "report", "log", "bundle");
  private static final int LONGEST_LABEL = 255;
  private static final int LONGEST_URI = 4_096;

  private final Shelf shelf;
  private final Ids ids;
  private final Clock clock;

  @Inject
  public ShelfResource(Shelf shelf, Ids ids, Clock clock) {
    this.shelf = shelf;
    this.ids = ids;
    this.clock = clock;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/archive")
  @Operation(summary = "Hide a run from lists")
  @APIResponse(responseCode = "201", description = "The record after it")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response archive(@PathParam("id") String id) {
    return created(shelf.archive(PathIds.uuid(id)).toTree());
  }

  @DELETE
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}")
  @Operation(summary = "Delete a run that has ended, with everything that hangs on it")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(responseCode = "400", description = "The run has not ended")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public void delete(@PathParam("id") String id) {
    shelf.delete(PathIds.uuid(id));
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/artifacts")
  @Operation(summary = "Attach an artifact to a run")
  @APIResponse(responseCode = "201", description = "The artifact")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response attach(@PathParam("id") String id, BodyFields body) {
    UUID runId = PathIds.uuid(id);
    String label = body.filledText("label");
    if (label.length() > LONGEST_LABEL) {
      body.reject("label must be shorter than or equal to " + LONGEST_LABEL + " characters");
    }
    Artifact artifact =
        new Artifact(
            ids.next(),
            body.choice("kind", KINDS),
            label,
            body.findText("uri", LONGEST_URI),
            body.findTree("inline")
                .<Map<String, @Nullable Object>>map(LinkedHashMap::new)
                .orElse(Map.of()),
            clock.instant());
    body.check();
    shelf.attach(runId, artifact);
    return created(artifact.toTree(runId));
  }

  private static Response created(Object tree) {
    return Response.status(Response.Status.CREATED).entity(tree).build();
  }
}
