// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LibertyServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Old runs are gone some time after a start (control-plane contract, section 7.5). */
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
    }
  }
}
