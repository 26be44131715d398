// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import java.util.List;
import java.util.stream.Stream;

/** The rows of subscriptions and their deliveries (control-plane contract, section 11). */
final class WebhookRows {
  private static final String NOT_FOUND = "NOT_FOUND";
  private static final String[] WRONG_FIELDS = {
    "url=7",
    "url='ftp://a.example/'",
    "url='http://10.0.0.1/'",
    "events='run.started'",
    "events=['run.eaten']",
    "secret=''",
    "secret=7",
    "active='yes'"
  };

  static final List<EndpointRow> ALL =
      Stream.of(subscriptions(), deliveries()).flatMap(List::stream).toList();

  private WebhookRows() {}

  private static List<EndpointRow> subscriptions() {
    return List.of(
        EndpointRow.of("POST /webhooks")
            .answers(
                201,
                "/webhooks",
                "{'url':'{hook}','secret':'s','events':['run.failed'],'active':false}",
                "id",
                "url",
                "events",
                "secret",
                "active",
                "createdAt",
                "updatedAt")
            .namesFields("/webhooks", WRONG_FIELDS),
        EndpointRow.of("GET /webhooks")
            .answers(200, "/webhooks", "", "id", "url", "events", "active", "deliveryStats"),
        EndpointRow.of("GET /webhooks/{id}")
            .answers(200, "/webhooks/{webhook}", "", "id", "url", "deliveryStats", "health")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("PATCH /webhooks/{id}")
            .answers(200, "/webhooks/{webhook}", "{'events':['run.completed']}", "id", "events")
            .namesFields("/webhooks/{webhook}", WRONG_FIELDS)
            .doesNotKnow(NOT_FOUND, "{'active':true}"),
        EndpointRow.of("DELETE /webhooks/{id}")
            .answersText(204, "/webhooks/{forgotten}", "", "")
            .refuses(404, NOT_FOUND, "/webhooks/{forgotten}", "", "{forgotten}")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("POST /webhooks/{id}/rotate-secret")
            .answers(201, "/webhooks/{webhook}/rotate-secret", "{'secret':'t'}", "id", "secret")
            .namesFields("/webhooks/{webhook}/rotate-secret", "secret=''", "secret=7")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("POST /webhooks/{id}/test")
            .answers(201, "/webhooks/{webhook}/test", "", "id", "status", "responseStatus")
            .doesNotKnow(NOT_FOUND, ""));
  }

  private static List<EndpointRow> deliveries() {
    String ofOne = "/webhooks/{webhook}/deliveries";
    String ofFailing = "/webhooks/{moody}/deliveries";
    return List.of(
        EndpointRow.of("GET /webhooks/{id}/deliveries")
            .answers(
                200,
                ofOne + "?status=delivered&event=webhook.test&limit=1&offset=0",
                "",
                "data",
                "total",
                "limit",
                "offset")
            .namesParameters(
                ofOne, "status=lost", "event=%00", "runId=x", "limit=0", "limit=201", "offset=-1")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("GET /webhooks/{id}/deliveries/{deliveryId}")
            .answers(200, ofOne + "/{delivery}", "", "id", "webhookId", "payload", "attempts")
            .refuses(404, NOT_FOUND, ofFailing + "/{delivery}", "", "{delivery}")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("POST /webhooks/{id}/deliveries/{deliveryId}/redeliver")
            .answersText(
                201,
                ofFailing + "/{failed}/redeliver",
                "",
                "application/json",
                "\"status\":\"pending\"")
            .refuses(
                409,
                "INVALID_STATE_TRANSITION",
                ofFailing + "/{failed}/redeliver",
                "",
                "{failed}",
                "pending")
            .doesNotKnow(NOT_FOUND, ""),
        EndpointRow.of("POST /webhooks/{id}/deliveries/redeliver")
            .answersText(201, ofOne + "/redeliver", "", "application/json", "{\"redelivered\":0}")
            .doesNotKnow(NOT_FOUND, ""));
  }
}
