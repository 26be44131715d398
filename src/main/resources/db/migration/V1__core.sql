-- The seven core tables: a run, its session, its log in two forms, its read model, and what hangs
-- on it. Statuses are checked here as the last line; the ledger is the one writer.

create table runs (
  id uuid primary key,
  status varchar(32) not null
    constraint runs_status_check check (status in (
      'queued', 'starting', 'binding_session', 'running', 'suspended',
      'completed', 'failed', 'cancelled')),
  mode varchar(16) not null
    constraint runs_mode_check check (mode in ('live', 'sandbox')),
  runtime_kind varchar(64) not null,
  runtime_version varchar(64),
  runtime_session_id varchar(255) constraint runs_runtime_session_id_key unique,
  trace_id varchar(255),
  idempotency_key varchar(255) constraint runs_idempotency_key_key unique,
  last_event_seq integer not null default 0
    constraint runs_last_event_seq_check check (last_event_seq >= 0),
  source_kind varchar(128),
  source_ref text,
  tags jsonb not null default '[]',
  metadata jsonb not null default '{}',
  error_code varchar(128),
  error_message text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  -- What a search for a run looks into, kept by the database itself.
  search_text text not null generated always as (
    id::text
    || ' ' || coalesce(source_ref, '')
    || ' ' || coalesce(metadata ->> 'scenarioRef', '')
    || ' ' || coalesce(metadata ->> 'environment', '')
    || ' ' || tags::text
  ) stored
);

create index runs_status_idx on runs (status);
create index runs_active_idx on runs (status)
  where status in ('queued', 'starting', 'binding_session', 'running', 'suspended');
create index runs_created_at_idx on runs (created_at);
create index runs_updated_at_idx on runs (updated_at);
create index runs_mode_idx on runs (mode);
create index runs_runtime_kind_idx on runs (runtime_kind);
create index runs_source_ref_idx on runs (source_ref);
create index runs_tags_idx on runs using gin (tags);
create index runs_environment_idx on runs ((metadata ->> 'environment'));
create index runs_scenario_ref_idx on runs ((metadata ->> 'scenarioRef'));
create index runs_retention_idx on runs (status, ended_at);

-- Search works without the trigram extension too, only slower; some roles may not create it.
do $$
begin
  create extension if not exists pg_trgm;
  create index runs_search_text_idx on runs using gin (search_text gin_trgm_ops);
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'no trigram index on runs: %', sqlerrm;
end
$$;

create table runtime_sessions (
  run_id uuid primary key references runs (id) on delete cascade,
  runtime_kind varchar(64) not null,
  runtime_session_id varchar(255) not null
    constraint runtime_sessions_runtime_session_id_key unique,
  mode_name varchar(255) not null,
  mode_version varchar(64),
  configuration_version varchar(128),
  policy_version varchar(128),
  initiator_participant_id varchar(255),
  session_state varchar(64) not null default 'SESSION_STATE_UNSPECIFIED',
  context_id text,
  extension_keys jsonb not null default '[]',
  expires_at timestamptz,
  last_seen_at timestamptz,
  capabilities jsonb not null default '{}',
  last_stream_cursor integer,
  -- How many accepted envelopes of the session are stored: where the stream is resumed.
  stream_position bigint not null default 0
    constraint runtime_sessions_stream_position_check check (stream_position >= 0),
  stream_connected_at timestamptz,
  stream_disconnected_at timestamptz,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index runtime_sessions_initiator_idx on runtime_sessions (initiator_participant_id);

create table run_events_raw (
  id uuid primary key,
  run_id uuid not null references runs (id) on delete cascade,
  seq integer not null constraint run_events_raw_seq_check check (seq > 0),
  -- The source's own identity of the fact; the same one is stored once per run.
  source_id varchar(255),
  ts timestamptz not null,
  kind varchar(64) not null,
  source_name varchar(128) not null,
  payload jsonb not null,
  trace_id varchar(255),
  span_id varchar(255),
  created_at timestamptz not null default now(),
  constraint run_events_raw_run_id_seq_key unique (run_id, seq)
);

create unique index run_events_raw_source_id_idx on run_events_raw (run_id, source_id)
  where source_id is not null;
create index run_events_raw_kind_idx on run_events_raw (run_id, kind);
create index run_events_raw_ts_idx on run_events_raw (run_id, ts);

create table run_events_canonical (
  id uuid primary key,
  run_id uuid not null references runs (id) on delete cascade,
  seq integer not null constraint run_events_canonical_seq_check check (seq > 0),
  ts timestamptz not null,
  type varchar(128) not null,
  subject_kind varchar(64),
  subject_id varchar(255),
  source_kind varchar(64) not null,
  source_name varchar(128) not null,
  raw_type varchar(128),
  trace_id varchar(255),
  span_id varchar(255),
  parent_span_id varchar(255),
  schema_version integer not null default 3,
  data jsonb not null,
  created_at timestamptz not null default now(),
  constraint run_events_canonical_run_id_seq_key unique (run_id, seq)
);

create index run_events_canonical_type_idx on run_events_canonical (type, ts);
create index run_events_canonical_ts_idx on run_events_canonical (ts, run_id, seq);
create index run_events_canonical_run_ts_idx on run_events_canonical (run_id, ts);
create index run_events_canonical_run_created_at_idx on run_events_canonical (run_id, created_at);

create table run_projections (
  run_id uuid primary key references runs (id) on delete cascade,
  version integer not null default 0,
  schema_version integer not null default 1,
  run_summary jsonb not null default '{}',
  participants jsonb not null default '[]',
  graph jsonb not null default '{}',
  decision jsonb not null default '{}',
  signals jsonb not null default '{}',
  timeline jsonb not null default '{}',
  trace_summary jsonb not null default '{}',
  progress jsonb not null default '{}',
  policy jsonb not null default '{}',
  llm jsonb not null default '{}',
  outbound_messages jsonb not null default '{}',
  updated_at timestamptz not null default now()
);

create table run_artifacts (
  id uuid primary key,
  run_id uuid not null references runs (id) on delete cascade,
  kind varchar(64) not null,
  label varchar(255) not null,
  uri text,
  inline jsonb,
  created_at timestamptz not null default now()
);

create index run_artifacts_run_id_idx on run_artifacts (run_id);
create index run_artifacts_kind_idx on run_artifacts (kind);

create table run_metrics (
  run_id uuid primary key references runs (id) on delete cascade,
  event_count integer not null default 0,
  message_count integer not null default 0,
  signal_count integer not null default 0,
  proposal_count integer not null default 0,
  tool_call_count integer not null default 0,
  decision_count integer not null default 0,
  stream_reconnect_count integer not null default 0,
  first_event_at timestamptz,
  last_event_at timestamptz,
  duration_ms bigint,
  session_state varchar(64),
  prompt_tokens bigint not null default 0,
  completion_tokens bigint not null default 0,
  total_tokens bigint not null default 0,
  estimated_cost_usd double precision not null default 0,
  counters jsonb not null default '{}',
  updated_at timestamptz not null default now()
);
