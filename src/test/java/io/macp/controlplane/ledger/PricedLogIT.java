// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.log.append.FoldStore;
import io.macp.controlplane.log.append.LogStore;
import io.macp.controlplane.log.append.RunStore;
import io.macp.controlplane.log.append.Tables;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.jdbc.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens cost what the operator's table says, wherever a message reports them. */
class PricedLogIT {
  private static final Settings SETTINGS =
      new Settings(
          name ->
              Optional.ofNullable(
                  Map.of("MACP_MODEL_PRICES", "{\"mine\": [7, 0], \"default\": [5, 0]}")
                      .get(name)));

  @Test
  void pricesReportsBesideModelCallsByTheConfiguredTable() {
    try (Spine spine = Spine.start()) {
      Tables tables =
          new Tables(
              new LogStore(Ids.random()), new RunStore(new Member(Ids.random())), new FoldStore());
      Ledger ledger =
          new Ledger(
              new Database(spine.dataSource()),
              tables,
              new Pages(tables, Ids.random(), SETTINGS),
              new Wake(List.of()),
              Spine.CLOCK,
              Unseen.report());
      NewRun run = Requests.run("priced");
      ledger.open(run);

      ledger.record(
          run.id(),
          List.of(
              message(
                  "m-1", "{\"proposalId\": \"p\", \"promptTokens\": 1000000, \"model\": \"mine\"}"),
              message("m-2", "{\"proposalId\": \"p\", \"promptTokens\": 1000000}"),
              message(
                  "m-3",
                  "{\"proposalId\": \"p\", \"promptTokens\": 1000000, \"estimatedCostUsd\": 0.5}")));

      assertThat(spine.runs().findMetrics(run.id()).orElseThrow())
          .containsEntry("promptTokens", 3_000_000L)
          .containsEntry("estimatedCostUsd", 12.5);
      assertThat(
              spine.rows(
                  "select data -> 'estimatedCost' ->> 'usd', data -> 'estimatedCost' ->> 'basis'"
                      + " from run_events_canonical where type = 'proposal.updated' order by seq"))
          .containsExactly(
              List.of("7", "model"), List.of("5", "default"), Arrays.asList(null, null));
      new RunLog(spine, run.id()).requireSound();
    }
  }

  private static RawEvent message(String id, String json) {
    return Frames.message("agent://a", "Vote", id, json);
  }
}
