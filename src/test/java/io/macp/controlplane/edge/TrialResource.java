// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.edge;

import io.macp.controlplane.access.CurrentCaller;
import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A resource as every feature has one, to try the edge with; deployed by tests only. */
@Path("/trial")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class TrialResource {
  private final CurrentCaller caller;

  @Inject
  public TrialResource(CurrentCaller caller) {
    this.caller = caller;
  }

  public record Answer(String caller, long limit, Instant at, Optional<String> gone) {}

  @GET
  @Requires({})
  public Answer get(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    int limit = query.integer("limit", 50, 1, 200);
    Instant at = query.findInstant("at").orElse(Instant.EPOCH);
    query.check();
    return new Answer(caller.caller().kind(), limit, at, Optional.empty());
  }

  @POST
  @Requires({})
  public Response post(BodyFields body) {
    String mode = body.choice("mode", List.of("live", "sandbox"));
    long ttl = body.object("session").integer("ttlMs", 1, Integer.MAX_VALUE);
    body.check();
    return Response.status(201).entity(Map.of("mode", mode, "ttlMs", ttl)).build();
  }

  @POST
  @Requires({})
  @Path("/reason")
  public List<String> reason(BodyFields body) {
    String reason = body.findText("reason").orElse("none");
    body.check();
    return List.of(reason);
  }

  @GET
  @Requires({})
  @Path("/failure")
  public Map<String, Object> failure() {
    throw new IllegalStateException("select secret from io.macp.Internals\nsecond line");
  }

  @GET
  @Requires({})
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(@Context SseEventSink sink, @Context Sse sse) {
    var unused = sink.send(sse.newEvent("hello"));
    sink.close();
  }
}
