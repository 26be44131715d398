// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Spine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement of the dashboard finds its rows by an index of time. */
class StatementsIT {
  @AutoClose private static Spine spine = Spine.start();

  @BeforeAll
  static void fill() {
    spine.change(
        "insert into runs (id, status, mode, runtime_kind, created_at, started_at, ended_at)"
            + " select gen_random_uuid(), (array['completed','failed'])[1 + i % 2], 'sandbox', 'rust', t, t, t from"
            + " generate_series(1, 20000) i, lateral (select '2026-03-01Z'::timestamptz"
            + " - i * interval '1 minute' as t) at");
    spine.change("insert into run_metrics (run_id) select id from runs on conflict do nothing");
    spine.change("insert into run_projections (run_id) select id from runs on conflict do nothing");
    spine.change(
        "insert into run_events_canonical (id, run_id, seq, ts, type, source_kind, source_name, data)"
            + " select gen_random_uuid(), r.id, s + 100, r.created_at,"
            + " (array['signal.emitted','message.received','decision.finalized','x'])[s], 'k', 'n', '{}'"
            + " from runs r, generate_series(1, 4) s where r.created_at < '2026-04-01Z'");
    spine.change("analyze");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CREATED", "ENDED", "SIGNALS", "OUTCOMES", "ERRORS", "SCENARIOS", "AGENTS"})
  void readsNoTableAsAWhole(String name) throws Exception {
    String statement =
        String.valueOf(Statements.class.getDeclaredField(name).get(null))
            .replace("%s", "")
            .replace("date_trunc(?", "date_trunc('hour'")
            .replace("LIMIT ?", "LIMIT 10")
            .replace("?::xid8", "'9000000000'::xid8")
            .replace("?", "'2026-05-10T11:45:00Z'");

    String plan =
        spine.rows("explain " + statement).stream()
            .map(row -> String.valueOf(row.getFirst()))
            .reduce("", (all, line) -> all + "\n" + line);

    assertThat(plan)
        .contains("Index")
        .doesNotContain("Seq Scan on runs ", "Seq Scan on run_events", "Seq Scan on run_metrics");
  }
}
