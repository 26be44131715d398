// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.testing.LibertyServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Old runs are gone some time after a start, and stay so (control-plane contract, section 7.5). */
class RetentionIT {
  @Test
  void deletesFinishedRunsAndCountsThem() {
    try (LibertyServer server =
        LibertyServer.with(
                Map.of(
                    "DATA_RETENTION_ENABLED", "true",
                    "DATA_RETENTION_TTL_DAYS", "0",
                    "MACP_DEMO_PACE", "0.02"))
            .start()
            .awaitReady()) {
      server.awaitLog("retention: deleted {runs=0");
      Api api = new Api(server);
      String run = api.startDemo("fraud-approve");
      api.awaitStatus(run, "completed");

      server.restart().awaitReady();

      server.awaitLog("retention: deleted {runs=1");
      api.get("/runs/" + run).isError(404, "RUN_NOT_FOUND");
      assertThat(api.get("/metrics").text())
          .containsPattern("macp_retention_deleted_total\\{[^}]*table=\"runs\"[^}]*} 1");
      Map<String, @Nullable Object> told =
          Api.objects(api.get("/audit?action=data.deleted&resourceId=runs").object().get("data"))
              .getFirst();
      assertThat(told).containsEntry("actor", "control-plane").containsEntry("actorType", "system");
      assertThat(Json.write(told.get("details"))).contains("\"rows\":1", run);

      server.restart().awaitReady();

      Patience.until(
          () -> "one more pass", () -> server.log().split("deleted \\{runs=0", -1).length > 2);
      api.get("/runs/" + run).isError(404, "RUN_NOT_FOUND");
    }
  }
}
