// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.testing.LeftoverDatabase;
import io.macp.controlplane.testing.LibertyServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both-servers")
class ServerKillIT {
  @Test
  void takesOverDatabaseOfKilledServerAndStopsItAtTheEnd() {
    try (LibertyServer server = LibertyServer.started().awaitReady()) {
      long database = LeftoverDatabase.find(server.dataFolder()).orElseThrow().pid();

      server.kill9();
      assertThat(LeftoverDatabase.find(server.dataFolder())).isPresent();

      server.start().awaitReady();
      server.awaitLog("Taking over the embedded database that still runs as process " + database);

      server.terminate();
      assertThat(LeftoverDatabase.find(server.dataFolder())).isEmpty();
    }
  }
}
