// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.event.Frames;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.SessionState;
import io.macp.controlplane.ledger.Outcome;
import io.macp.controlplane.ledger.Requests;
import io.macp.controlplane.ledger.RunLog;
import io.macp.controlplane.ledger.Spine;
import io.macp.controlplane.run.Command;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How rows reach the log, and how it is asked for what it holds. */
class LogStoreIT {
  @AutoClose private static Spine spine = Spine.start();

  private static UUID run() {
    String session = UUID.randomUUID().toString();
    Outcome.Applied opened = (Outcome.Applied) spine.ledger().open(Requests.run(session));
    UUID id = opened.run().id();
    spine
        .ledger()
        .execute(
            id,
            new Command.BindSession(Requests.now(), Requests.session(session, SessionState.OPEN)));
    return id;
  }

  private static RawEvent vote(String id, String reason) {
    return Frames.message(
        "agent://a", "Vote", id, "{\"vote\":\"APPROVE\",\"reason\":\"" + reason + "\"}");
  }

  @Test
  void looksForIdentitiesWithoutReadingTheLog() {
    UUID run = run();
    for (int batch = 0; batch < 12; batch++) {
      int from = batch * 500;
      spine
          .ledger()
          .record(
              run,
              IntStream.range(from, from + 500).mapToObj(i -> vote("m-" + i, "none")).toList());
    }
    String plan = spine.database().inTransaction(connection -> plan(connection, run, 256));

    assertThat(plan).contains("run_events_raw_source_id_idx").doesNotContain("Seq Scan");
  }

  private static String plan(Connection connection, UUID run, int count) throws SQLException {
    try (PreparedStatement analyze = connection.prepareStatement("ANALYZE run_events_raw");
        PreparedStatement explain =
            connection.prepareStatement("EXPLAIN (FORMAT JSON) " + LogStore.KNOWN)) {
      analyze.execute();
      Object[] runs = IntStream.range(0, count).mapToObj(i -> run).toArray();
      Object[] keys = IntStream.range(0, count).mapToObj(i -> "m-" + i).toArray();
      explain.setArray(1, connection.createArrayOf("uuid", runs));
      explain.setArray(2, connection.createArrayOf("varchar", keys));
      try (ResultSet rows = explain.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** What has a meaning in the format that rows travel in comes out as it went in. */
  @Test
  void keepsEveryCharacterOfWhatWasSaid() {
    UUID run = run();
    String said = "a\\tb\\nc\\r \\\\N \\\\. \u00e9 \ud83d\ude00";

    spine.ledger().record(run, List.of(vote("tab\tline\nback\\slash \\N", said)));

    List<String> reasons =
        new RunLog(spine, run)
            .events().stream()
                .filter(event -> event.event().type().equals("message.received"))
                .map(event -> event.event().data().asMap().get("payload"))
                .map(payload -> payload instanceof Map<?, ?> map ? map : Map.of())
                .map(payload -> String.valueOf(payload.get("reason")))
                .toList();
    assertThat(reasons).containsExactly("a\tb\nc\r \\N \\. \u00e9 \ud83d\ude00");
    assertThat(
            new RunLog(spine, run)
                .events().stream().map(event -> event.event().subject().id()).toList())
        .contains("tab\tline\nback\\slash \\N");
  }
}
