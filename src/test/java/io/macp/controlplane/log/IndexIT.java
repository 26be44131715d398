// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.ledger.Spine;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queries that run with every frame, page and search find their rows by an index. */
class IndexIT {
  private static final UUID RUN = new UUID(0, 500);
  private static final String FILL_RUNS =
      """
      insert into runs (id, status, mode, runtime_kind, runtime_session_id, idempotency_key,
        source_ref, tags, metadata, created_at, updated_at)
      select ('00000000-0000-0000-0000-' || lpad(to_hex(i), 12, '0'))::uuid,
        case when i % 200 = 0 then 'running' else 'completed' end, 'live', 'rust', 's' || i, 'k' || i,
        'ref ' || md5(i::text), jsonb_build_array('t' || i % 1000),
        jsonb_build_object('environment', 'e' || i % 1000, 'scenarioRef', md5('x' || i)),
        now() - i * interval '1 minute', now() - i * interval '1 minute'
      from generate_series(1, 10000) i
      """;
  private static final String FILL_CANONICAL =
      """
      insert into run_events_canonical
        (id, run_id, seq, ts, type, source_kind, source_name, data)
      select gen_random_uuid(), ('00000000-0000-0000-0000-' || lpad(to_hex(r), 12, '0'))::uuid, s,
        now() - s * interval '1 second', 'message.received', 'runtime', 'rust-runtime', '{}'
      from generate_series(1, 1000) r, generate_series(1, 20) s
      """;
  private static final String FILL_RAW =
      """
      insert into run_events_raw (id, run_id, seq, source_id, ts, kind, source_name, payload)
      select gen_random_uuid(), ('00000000-0000-0000-0000-' || lpad(to_hex(r), 12, '0'))::uuid, s,
        'session:' || s, now(), 'stream-envelope', 'rust-runtime', '{}'
      from generate_series(1, 1000) r, generate_series(1, 20) s
      """;

  @AutoClose private static Spine spine = Spine.start();

  @BeforeAll
  static void fill() {
    spine.change(FILL_RUNS);
    spine.change(FILL_CANONICAL);
    spine.change(FILL_RAW);
    spine.change(
        "insert into runtime_sessions (run_id, runtime_kind, runtime_session_id, mode_name)"
            + " select id, 'rust', runtime_session_id, 'm' from runs");
    spine.change("insert into run_projections (run_id, schema_version) select id, 4 from runs");
    spine.change("insert into run_metrics (run_id) select id from runs");
    spine.change(
        "insert into run_checkpoints (run_id, seq, schema_version, state)"
            + " select id, s, 3, '{}' from runs, generate_series(10, 50, 10) s");
    spine.change(
        "insert into run_artifacts (id, run_id, kind, label)"
            + " select gen_random_uuid(), id, 'json', 'l' from runs");
    spine.rows(
        "select gin_clean_pending_list(indexrelid::regclass) from pg_index join pg_class"
            + " on oid = indexrelid where relname in ('run_words_search_text_idx',"
            + " 'run_words_source_ref_idx', 'run_words_scenario_ref_idx', 'run_words_tags_idx')");
    spine.change("analyze");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from run_events_canonical where run_id = '%s' and seq > 10 order by seq limit 500",
        "select * from run_events_canonical where run_id = '%s' and seq > 10 and ts >= now()"
            + " and type in ('x') order by seq limit 100",
        "select * from run_events_canonical where written_by < '9000000000' order by ts, run_id, seq"
            + " limit 500",
        "select * from run_events_canonical where written_by < '9000000000' and type in ('x')"
            + " order by ts, run_id, seq limit 500",
        "select * from run_events_canonical where written_by < '9000000000'"
            + " and (written_by, run_id, seq) > ('700', '%s', 7)"
            + " order by written_by, run_id, seq limit 500",
        "select state from run_checkpoints where run_id = '%s' and seq <= 50"
            + " and schema_version = 3 order by seq desc limit 1",
        "select * from run_events_canonical where type = 'decision.finalized'"
            + " and run_id = '%s' order by seq limit 100",
        "select * from run_events_canonical where type = 'decision.finalized'"
            + " and data -> 'decodedPayload' -> 'supersedes' ->> 'sessionId' = 's7'"
            + " order by ts, run_id, seq limit 100",
        "select * from run_events_raw where run_id = '%s' and seq < 10 order by seq desc limit 1",
        "select e.run_id, e.source_id from unnest(array['%1$s', '%1$s']::uuid[],"
            + " array['session:1', 'session:2']::varchar[]) as a (run, key)"
            + " join run_events_raw e on e.run_id = a.run and e.source_id = a.key",
        "select * from runs where id = '%s' for no key update",
        "select * from runs where id = any (array['%s']::uuid[]) order by id for no key update",
        "select * from runs where runtime_session_id = 's500'",
        "select * from runs where idempotency_key = 'k500'",
        "select * from runs where status in ('queued', 'starting', 'binding_session', 'running',"
            + " 'suspended') order by created_at",
        "select * from runs where mode <> 'sandbox' and archived_at is null"
            + " order by created_at desc, id desc limit 50",
        "select * from runs where archived_at is null order by updated_at desc, id desc limit 50",
        "select * from runs where id in (select run_id from run_words where tags @>"
            + " cast('[\"t7\"]' as jsonb))",
        "select * from runs where environment_key = cast(md5('e7') as uuid)",
        "select * from runs where id in (select run_id from run_words where search_text like"
            + " '%%a1b2c3%%')",
        "select * from runs where id in (select run_id from run_words where scenario_ref like"
            + " '%%a1b2c3%%' or source_ref like '%%a1b2c3%%')",
        "select w.run_id from run_words w join runs r on r.id = w.run_id where w.scenario_ref like"
            + " '%%a1b2c3%%' or (w.source_ref like '%%a1b2c3%%' and r.source_ref = 'a1b2c3')",
        "select * from runtime_sessions where run_id = '%s'",
        "select * from run_projections where run_id = '%s' and schema_version = 4",
        "select * from run_metrics where run_id = '%s'",
        "select * from run_artifacts where run_id = '%s' order by created_at, id"
      })
  void findsItsRowsByAnIndex(String query) {
    String plan =
        spine.rows("explain " + query.formatted(RUN)).stream()
            .map(row -> String.valueOf(row.getFirst()))
            .reduce("", (all, line) -> all + "\n" + line);

    assertThat(plan).contains("Index").doesNotContain("Seq Scan");
  }
}
