// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.audit.Attempt;
import io.macp.controlplane.audit.AuditAction;
import io.macp.controlplane.audit.AuditTrail;
import io.macp.controlplane.demo.script.Scenarios;
import io.macp.controlplane.demo.script.Script;
import io.macp.controlplane.log.RunRecord;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists and starts the scenarios of the demo; without an embedded runtime there are none. */
@Path("/demo")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "demo", description = "Scripted agents on the embedded runtime")
public class DemoResource {
  private final Demo demo;
  private final AuditTrail trail;

  @Inject
  public DemoResource(Demo demo, AuditTrail trail) {
    this.demo = demo;
    this.trail = trail;
  }

  /**
   * The run that was started.
   *
   * @param traceId 32 hex digits
   */
  public record Started(String runId, String sessionId, String status, @Nullable String traceId) {}

  @GET
  @Requires(Scope.RUNS_READ)
  @Path("/scenarios")
  @Operation(summary = "The scenarios that can be played here")
  @APIResponse(
      responseCode = "200",
      description = "All scenarios",
      content = @Content(schema = @Schema(implementation = Demo.Offer[].class)))
  @APIResponse(responseCode = "404", description = "There is no embedded runtime to play on")
  public List<Demo.Offer> scenarios() {
    return demo.offers();
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Path("/runs")
  @Operation(
      summary = "Start a scenario",
      description = "Answers at once; follow the run by its id.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(name = "approve", value = "{\"scenario\":\"fraud-approve\"}")))
  @APIResponse(
      responseCode = "201",
      description = "The run is open and its agents are coming",
      content = @Content(schema = @Schema(implementation = Started.class)))
  @APIResponse(responseCode = "400", description = "The body is wrong, or no such scenario")
  @APIResponse(responseCode = "404", description = "There is no embedded runtime to play on")
  @APIResponse(responseCode = "429", description = "Too many scenarios are under way")
  public Response start(BodyFields body) {
    demo.requireRuntime();
    List<String> known = Scenarios.all().stream().map(Script::id).toList();
    String scenario = body.choice("scenario", known);
    body.check();
    Attempt attempt = trail.begin(AuditAction.RUN_CREATED).with("scenario", scenario);
    RunRecord run =
        attempt.during(
            () -> {
              RunRecord opened = demo.start(Scenarios.find(scenario).orElseThrow());
              attempt.on(opened.id());
              return opened;
            });
    return Response.status(201).entity(started(run)).build();
  }

  private static Started started(RunRecord run) {
    return new Started(
        run.id().toString(), run.id().toString(), run.status().wireName(), run.traceId());
  }
}
