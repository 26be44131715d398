-- SPDX-License-Identifier: Apache-2.0
-- Fills a database with copies of the runs that are in it: :runs more, of about :events canonical
-- events each, and one of :long. Copies lie in the last 45 days, more of them lately; many older ones
-- are archived, a few are of the sandbox, failed or cancelled. Templates are runs that have ended.
SET synchronous_commit = off;
SET work_mem = '128MB';

CREATE TEMP TABLE template ON COMMIT DROP AS
SELECT r.id, r.last_event_seq AS last, r.created_at AS begin, m.event_count AS events,
  row_number() OVER (ORDER BY r.created_at, r.id) - 1 AS nr, count(*) OVER () AS all_of_them
FROM runs r JOIN run_metrics m ON m.run_id = r.id
WHERE r.ended_at IS NOT NULL AND r.source_kind IS DISTINCT FROM 'copy'
  AND r.last_event_seq < 1000;

-- Times as often as the events of the template make the wanted number.
CREATE TEMP TABLE copy ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, t.id AS of, k, t.last, t.begin, t.events,
  greatest(1, round((CASE WHEN k = 1 THEN :long ELSE :events END) / t.events::numeric))::int AS times,
  now() - interval '45 days' * power((k + 30) / (:runs + 30)::float8, 1.5) AS at
FROM generate_series(1, :runs) k JOIN template t ON t.nr = k % t.all_of_them;
CREATE INDEX ON copy (of);
ANALYZE copy;

ALTER TABLE runs DISABLE TRIGGER USER;
INSERT INTO runs (id, status, mode, runtime_kind, runtime_session_id, trace_id, last_event_seq,
  source_kind, source_ref, tags, metadata, error_code, error_message, created_at, started_at, ended_at,
  updated_at, archived_at)
SELECT c.id, CASE k % 20 WHEN 7 THEN 'failed' WHEN 13 THEN 'cancelled' ELSE 'completed' END,
  CASE WHEN k % 31 = 5 THEN 'sandbox' ELSE 'live' END, r.runtime_kind, c.id::text,
  md5(c.id::text), c.last * c.times, 'copy', r.source_ref || '@' || k % 40,
  r.tags || jsonb_build_array('team-' || k % 25, 'k' || k % 1000),
  r.metadata || jsonb_build_object('scenarioRef', r.source_ref || '@' || k % 40, 'environment',
    CASE WHEN k % 10 = 0 THEN 'test' WHEN k % 10 < 4 THEN 'staging' ELSE 'production' END),
  CASE WHEN k % 20 = 7 THEN 'ERROR_' || k % 12 END, NULL,
  c.at, c.at + interval '50 ms', c.at + (r.ended_at - r.created_at) * (1 + k % 17),
  c.at + (r.ended_at - r.created_at) * (1 + k % 17),
  CASE WHEN k % 3 = 0 AND c.at < now() - interval '10 days' THEN now() END
FROM copy c JOIN runs r ON r.id = c.of ORDER BY c.at;
ALTER TABLE runs ENABLE TRIGGER USER;
INSERT INTO run_words (run_id, search_text, source_ref, scenario_ref, tags)
SELECT id, id || ' ' || source_ref || ' ' || (metadata ->> 'scenarioRef') || ' '
    || (metadata ->> 'environment') || ' '
    || coalesce(metadata #>> '{executionRequest,session,modeName}', '') || ' '
    || coalesce(metadata #>> '{executionRequest,session,policyVersion}', '') || ' ' || tags,
  lower(source_ref), lower(metadata ->> 'scenarioRef'), tags
FROM runs r WHERE NOT EXISTS (SELECT 1 FROM run_words w WHERE w.run_id = r.id);

INSERT INTO runtime_sessions (run_id, runtime_kind, runtime_session_id, mode_name, session_state,
  initiator_participant_id, stream_position)
SELECT c.id, s.runtime_kind, c.id::text, s.mode_name, s.session_state, s.initiator_participant_id,
  s.stream_position
FROM copy c JOIN runtime_sessions s ON s.run_id = c.of;

INSERT INTO run_metrics
SELECT (jsonb_populate_record(m, jsonb_build_object('run_id', c.id,
  'event_count', m.event_count * c.times, 'message_count', m.message_count * c.times,
  'signal_count', m.signal_count * c.times, 'first_event_at', m.first_event_at - (c.begin - c.at),
  'last_event_at', m.last_event_at - (c.begin - c.at)))).*
FROM copy c JOIN run_metrics m ON m.run_id = c.of;

INSERT INTO run_projections
SELECT (jsonb_populate_record(p, jsonb_build_object('run_id', c.id, 'version', c.last * c.times,
  'timeline', p.timeline || jsonb_build_object('latestSeq', c.last * c.times,
    'totalEvents', c.events * c.times)))).*
FROM copy c JOIN run_projections p ON p.run_id = c.of;

INSERT INTO run_artifacts
SELECT (jsonb_populate_record(a, jsonb_build_object('run_id', c.id, 'id', gen_random_uuid()))).*
FROM copy c JOIN run_artifacts a ON a.run_id = c.of;

INSERT INTO run_events_raw (id, run_id, seq, source_id, ts, kind, source_name, payload, trace_id,
  span_id, created_at)
SELECT gen_random_uuid(), c.id, e.seq + n * c.last, e.source_id || '.' || n,
  e.ts - (c.begin - c.at) + n * interval '2 ms', e.kind, e.source_name, e.payload, e.trace_id,
  e.span_id, e.created_at
FROM copy c CROSS JOIN generate_series(0, c.times - 1) n JOIN run_events_raw e ON e.run_id = c.of
ORDER BY c.at, 2, n;

INSERT INTO run_events_canonical (id, run_id, seq, ts, type, subject_kind, subject_id, source_kind,
  source_name, raw_type, trace_id, span_id, parent_span_id, schema_version, data, created_at)
SELECT gen_random_uuid(), c.id, e.seq + n * c.last, e.ts - (c.begin - c.at) + n * interval '2 ms',
  e.type, e.subject_kind, e.subject_id, e.source_kind, e.source_name, e.raw_type, e.trace_id, e.span_id,
  e.parent_span_id, e.schema_version, e.data, e.created_at
FROM copy c CROSS JOIN generate_series(0, c.times - 1) n
  JOIN run_events_canonical e ON e.run_id = c.of AND (n = 0 OR e.type NOT LIKE 'run.%')
ORDER BY c.at, 2, n;
