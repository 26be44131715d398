// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.webhook;

import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.PathIds;
import io.macp.controlplane.platform.http.QueryFields;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a subscriber was told, and telling it again. An endpoint of our own. */
@Path("/webhooks/{id}/deliveries")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public class DeliveryResource {
  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 50;

  private final Webhooks webhooks;
  private final Deliveries deliveries;

  @Inject
  public DeliveryResource(Webhooks webhooks, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @GET
  @Requires(Scope.ADMIN)
  @Operation(summary = "The deliveries of a subscription, newest first")
  @APIResponse(responseCode = "200", description = "A page and the exact total")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Map<String, @Nullable Object> list(@PathParam("id") String id, @Context UriInfo uri) {
    UUID webhookId = PathIds.uuid(id);
    QueryFields query = QueryFields.of(uri.getQueryParameters());
    DeliveryStore.Filter filter =
        new DeliveryStore.Filter(
            query.findChoice("status", Delivery.Status.wireNames()),
            query.findText("event"),
            query.findUuid("runId"),
            query.integer("limit", USUAL_PAGE, 1, LARGEST_PAGE),
            query.integer("offset", 0, 0, Integer.MAX_VALUE));
    query.check();
    DeliveryStore.Page page = deliveries.list(webhooks.require(webhookId), filter);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("data", page.data().stream().map(Delivery::toTree).toList());
    answer.put("total", page.total());
    answer.put("limit", filter.limit());
    answer.put("offset", filter.offset());
    return answer;
  }

  @GET
  @Requires(Scope.ADMIN)
  @Path("/{deliveryId}")
  @Operation(summary = "One delivery")
  @APIResponse(responseCode = "200", description = "The delivery")
  @APIResponse(responseCode = "404", description = "There is no such subscription or delivery")
  public Map<String, @Nullable Object> delivery(
      @PathParam("id") String id, @PathParam("deliveryId") String deliveryId) {
    UUID delivery = PathIds.uuid("deliveryId", deliveryId);
    return deliveries.require(webhooks.require(PathIds.uuid(id)), delivery).toTree();
  }

  @POST
  @Requires(Scope.ADMIN)
  @Path("/{deliveryId}/redeliver")
  @Operation(summary = "Send a delivery again that was delivered or has failed")
  @APIResponse(responseCode = "201", description = "The delivery, pending again")
  @APIResponse(responseCode = "404", description = "There is no such subscription or delivery")
  @APIResponse(responseCode = "409", description = "It is pending already")
  public Response redeliver(
      @PathParam("id") String id, @PathParam("deliveryId") String deliveryId) {
    UUID delivery = PathIds.uuid("deliveryId", deliveryId);
    Webhook webhook = webhooks.require(PathIds.uuid(id));
    return created(deliveries.redeliver(webhook, delivery).toTree());
  }

  @POST
  @Requires(Scope.ADMIN)
  @Path("/redeliver")
  @Operation(summary = "Send all deliveries again that have failed, at most 1000 at once")
  @APIResponse(responseCode = "201", description = "How many")
  @APIResponse(responseCode = "404", description = "There is no such subscription")
  public Response redeliverFailed(@PathParam("id") String id) {
    Webhook webhook = webhooks.require(PathIds.uuid(id));
    return created(Map.of("redelivered", deliveries.redeliverFailed(webhook)));
  }

  private static Response created(Map<String, ?> tree) {
    return Response.status(Response.Status.CREATED).entity(tree).build();
  }
}
