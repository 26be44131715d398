-- States of the read model on the way through a long log, so that the state at any number is a short
-- fold away. They are a cache: made again when they are missing or of another version of the folds.
create table run_checkpoints (
  run_id uuid not null references runs (id) on delete cascade,
  seq integer not null constraint run_checkpoints_seq_check check (seq > 0),
  schema_version integer not null,
  state json not null,
  created_at timestamptz not null default now(),
  primary key (run_id, seq)
);

-- A run that came from another installation is shown and kept, and never observed.
alter table runs add column imported_at timestamptz;

-- The transaction that wrote an event: what a feed over all runs is read by, because neither times nor
-- numbers become visible in their own order. Events of earlier releases count as written first.
alter table run_events_canonical add column written_by xid8 not null default '0';
alter table run_events_canonical alter column written_by set default pg_current_xact_id();
create index run_events_canonical_written_by_idx on run_events_canonical (written_by, run_id, seq);
