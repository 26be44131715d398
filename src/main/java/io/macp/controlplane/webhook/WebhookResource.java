// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.platform.http.PathIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Subscriptions to what happens to runs (control-plane contract, section 11). */
@Path("/webhooks")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public class WebhookResource {
  private final Webhooks webhooks;
  private final Deliveries deliveries;

  @Inject
  public WebhookResource(Webhooks webhooks, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @POST
  @Requires(Scope.ADMIN)
  @Operation(summary = "Subscribe")
  @APIResponse(responseCode = "201", description = "The subscription with its secret")
  @APIResponse(responseCode = "400", description = "One message per wrong field")
  @APIResponse(responseCode = "409", description = "There are too many subscriptions")
  public Response create(BodyFields body) {
    return created(webhooks.create(body).toTree());
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "All subscriptions, with what became of their deliveries")
  @APIResponse(responseCode = "200", description = "The subscriptions, secrets masked")
  public List<Map<String, @Nullable Object>> list() {
    return webhooks.list();
  }

  @GET
  @Requires(Scope.ADMIN)
  @Path("/{id}")
  @Operation(summary = "One subscription, what became of its deliveries, and how it fares now")
  @APIResponse(responseCode = "200", description = "The subscription, its secret masked")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Map<String, @Nullable Object> one(@PathParam("id") String id) {
    return webhooks.show(PathIds.uuid(id));
  }

  @PATCH
  @Requires(Scope.ADMIN)
  @Path("/{id}")
  @Operation(summary = "Change a subscription")
  @APIResponse(responseCode = "200", description = "The subscription after it")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Map<String, @Nullable Object> change(@PathParam("id") String id, BodyFields body) {
    return webhooks.change(PathIds.uuid(id), body).toTree();
  }

  @DELETE
  @Requires(Scope.ADMIN)
  @Path("/{id}")
  @Operation(summary = "Delete a subscription with its deliveries")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Response delete(@PathParam("id") String id) {
    webhooks.delete(PathIds.uuid(id));
    return Response.noContent().build();
  }

  @POST
  @Requires(Scope.ADMIN)
  @Path("/{id}/rotate-secret")
  @Operation(summary = "Change the secret; the one before signs, too, for a while")
  @APIResponse(responseCode = "201", description = "The subscription with its new secret")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Response rotate(@PathParam("id") String id, BodyFields body) {
    return created(webhooks.rotate(PathIds.uuid(id), body).toTree());
  }

  @POST
  @Requires(Scope.ADMIN)
  @Path("/{id}/test")
  @Operation(summary = "Send a test delivery now")
  @APIResponse(responseCode = "201", description = "The delivery after its one attempt")
  @APIResponse(responseCode = "400", description = "Its url must not be called any more")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Response test(@PathParam("id") String id) {
    return created(deliveries.test(webhooks.requireAllowed(PathIds.uuid(id))).toTree());
  }

  private static Response created(Map<String, @Nullable Object> tree) {
    return Response.status(Response.Status.CREATED).entity(tree).build();
  }
}
