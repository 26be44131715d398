// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Commands about runs (control-plane contract, sections 3.1, 3.2, 3.6 and 3.7). */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class LaunchResource {
  private static final int LONGEST_REASON = 4_096;

  private final Launch launch;
  private final Cloning cloning;
  private final Preflight preflight;
  private final Control control;
  private final CurrentCaller caller;

  @Inject
  public LaunchResource(
      Launch launch, Cloning cloning, Preflight preflight, Control control, CurrentCaller caller) {
    this.caller = caller;
    this.launch = launch;
    this.cloning = cloning;
    this.preflight = preflight;
    this.control = control;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(summary = "Create and launch a run")
  @APIResponse(responseCode = "201", description = "The run, new or of the same idempotency key")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "409", description = "The session belongs to another run")
  public Response launch(BodyFields body) {
    return launched(launch.launch(body));
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/clone")
  @Operation(summary = "Launch once more what a run was launched with")
  @APIResponse(responseCode = "201", description = "The new run")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "404", description = "There is no such run")
  public Response clone(@PathParam("id") String id, BodyFields body) {
    return launched(cloning.clone(PathIds.uuid(id), body));
  }

  private static Response launched(RunRecord run) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("runId", run.id().toString());
    answer.put("sessionId", run.runtimeSessionId());
    answer.put("status", run.status().wireName());
    answer.put("traceId", run.traceId());
    return Response.status(Response.Status.CREATED).entity(answer).build();
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/validate")
  @Operation(summary = "Check a launch without launching")
  @APIResponse(responseCode = "201", description = "Whether it would be taken, and why not")
  public Response validate(BodyFields body) {
    return Response.status(Response.Status.CREATED).entity(preflight.validate(body)).build();
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/cancel")
  @Operation(summary = "Cancel a run")
  @APIResponse(responseCode = "201", description = "The record after it")
  @APIResponse(responseCode = "502", description = "The cancel callback did not agree")
  public Response cancel(
      @PathParam("id") String id, @QueryParam("force") String force, BodyFields body) {
    UUID runId = PathIds.uuid(id);
    if ("true".equals(force)) {
      caller.caller().require(Scope.ADMIN);
    }
    Control.Manner manner = "true".equals(force) ? Control.Manner.FORCED : Control.Manner.AGREED;
    return changed(control.cancel(runId, reason(body), manner));
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/suspend")
  @Operation(summary = "Suspend the session of a run")
  @APIResponse(responseCode = "201", description = "The record after it")
  @APIResponse(responseCode = "409", description = "The runtime refused")
  public Response suspend(@PathParam("id") String id, BodyFields body) {
    return changed(control.suspend(PathIds.uuid(id), reason(body)));
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/{id}/resume")
  @Operation(summary = "Resume the session of a run")
  @APIResponse(responseCode = "201", description = "The record after it")
  @APIResponse(responseCode = "409", description = "The runtime refused")
  public Response resume(@PathParam("id") String id, BodyFields body) {
    return changed(control.resume(PathIds.uuid(id), reason(body)));
  }

  private static Optional<String> reason(BodyFields body) {
    Optional<String> reason = body.findText("reason", LONGEST_REASON);
    body.checkRead();
    return reason.filter(text -> !text.isBlank());
  }

  private static Response changed(RunRecord run) {
    return Response.status(Response.Status.CREATED).entity(run.toTree()).build();
  }
}
