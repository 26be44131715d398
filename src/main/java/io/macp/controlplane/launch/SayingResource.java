// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What older versions let the control plane say in a session. An observer tells those who still try
 * where to go (control-plane contract, section 3.9); in initiator mode it is said (section 6.3).
 */
@Path("/runs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class SayingResource {
  private static final int LONGEST_KEY = 255;

  private final Saying saying;

  @Inject
  public SayingResource(Saying saying) {
    this.saying = saying;
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(summary = "Send a message as an agent; removed but in initiator mode")
  @Path("/{id}/messages")
  public Response messages(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body) {
    return say(Saying.Way.MESSAGE, id, "messages", key, body);
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(summary = "Send a signal as an agent; removed but in initiator mode")
  @Path("/{id}/signal")
  public Response signal(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body) {
    return say(Saying.Way.SIGNAL, id, "signal", key, body);
  }

  @POST
  @Requires(Scope.RUNS_WRITE)
  @Operation(summary = "Update the context of a session as an agent; removed but in initiator mode")
  @Path("/{id}/context")
  public Response context(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body) {
    return say(Saying.Way.CONTEXT, id, "context", key, body);
  }

  private Response say(
      Saying.Way way, String id, String name, @Nullable String key, InputStream body) {
    UUID runId = PathIds.uuid(id);
    if (!saying.isOn()) {
      throw removed(name);
    }
    Optional<String> given = Optional.ofNullable(key).filter(text -> !text.isBlank());
    if (given.filter(text -> text.length() > LONGEST_KEY).isPresent()) {
      throw Problem.invalid(
              List.of(
                  "Idempotency-Key must be shorter than or equal to "
                      + LONGEST_KEY
                      + " characters"))
          .asException();
    }
    return Response.status(Response.Status.CREATED)
        .entity(saying.say(way, runId, BodyFields.parse(body), given))
        .build();
  }

  private static Problem.ProblemException removed(String name) {
    return Problem.of(
            ErrorCode.ENDPOINT_REMOVED,
            "POST /runs/:id/"
                + name
                + " was removed: the control plane only observes. Agents"
                + " speak to the runtime themselves, with a MACP SDK (macp-sdk-python or"
                + " macp-sdk-typescript).")
        .asException();
  }
}
