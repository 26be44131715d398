// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscriptions and their deliveries. */
@Command(name = "webhooks", description = "List, try and repeat what subscribers are told.")
final class Webhooks {
  private static final List<String> COLUMNS =
      List.of("id", "active", "url", "deliveryStats.succeeded", "deliveryStats.failed");

  private final Macp macp;

  Webhooks(Macp macp) {
    this.macp = macp;
  }

  @Command(name = "ls", description = "List subscriptions.")
  int list() {
    JsonNode webhooks = macp.server().get("/webhooks");
    return macp.show(webhooks, () -> macp.terminal().table(COLUMNS, webhooks));
  }

  @Command(name = "test", description = "Send a test at once; 1 if it does not arrive.")
  int test(@Parameters(paramLabel = "WEBHOOK", description = "The subscription.") String id) {
    JsonNode sent = macp.server().post(path(id) + "/test", "");
    return delivered(sent);
  }

  private int delivered(JsonNode delivery) {
    String status = delivery.path("status").asText();
    int exit =
        macp.show(
            delivery,
            () ->
                macp.terminal()
                    .line(
                        status
                            + " "
                            + delivery.path("responseStatus").asText("-")
                            + " "
                            + delivery.path("errorMessage").asText("")));
    return status.equals("failed") ? Exit.NO.code() : exit;
  }

  @Command(name = "replay", description = "Send again what failed, or one delivery.")
  int replay(
      @Parameters(paramLabel = "WEBHOOK", description = "The subscription.") String id,
      @Option(names = "--delivery", defaultValue = "", description = "Only this one.")
          String delivery) {
    String path = path(id) + "/deliveries/";
    if (!delivery.isEmpty()) {
      return delivered(macp.server().post(path + Server.encoded(delivery) + "/redeliver", ""));
    }
    JsonNode answer = macp.server().post(path + "redeliver", "");
    return macp.show(
        answer, () -> macp.terminal().line(answer.path("redelivered").asInt() + " are sent again"));
  }

  private static String path(String id) {
    return "/webhooks/" + Server.encoded(id);
  }
}
