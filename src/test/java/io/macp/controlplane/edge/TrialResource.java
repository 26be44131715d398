// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.edge;

import io.macp.controlplane.access.CurrentCaller;
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

@Path("/trial")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class TrialResource {
  private final CurrentCaller caller;

  @Inject
  public TrialResource(CurrentCaller caller) {
    this.caller = caller;
  }

  public record Answer(String name, Instant at, Optional<String> gone, List<String> list) {}

  @GET
  public Answer get(@Context UriInfo uri) {
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    int limit = query.integer("limit", 50, 1, 200);
    query.check();
    return new Answer(caller.caller().id() + limit, Instant.EPOCH, Optional.empty(), List.of());
  }

  @POST
  public Response post(BodyFields body) {
    String mode = body.choice("mode", List.of("live", "sandbox"));
    long ttl = body.object("session").integer("ttlMs", 1, Integer.MAX_VALUE);
    body.check();
    return Response.status(201).entity(Map.of("mode", mode, "ttl", ttl)).build();
  }

  @POST
  @Path("/empty")
  public Map<String, Object> empty(BodyFields body) {
    body.check();
    return Map.of("ok", true);
  }

  @GET
  @Path("/boom")
  public Map<String, Object> boom() {
    throw new IllegalStateException("secret internals\nwith line feed");
  }

  @GET
  @Path("/sse")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void sse(@Context SseEventSink sink, @Context Sse sse) {
    var unused = sink.send(sse.newEvent("hello"));
    sink.close();
  }
}
