-- Retention finds what is old by these, a batch at a time.
create index deleted_sessions_deleted_at_idx on deleted_sessions (deleted_at);
create index webhook_deliveries_finished_idx on webhook_deliveries (created_at)
  where status <> 'pending';

-- Read models that earlier versions of the folds made are found at start, and mostly there are none.
create index run_projections_schema_version_idx on run_projections (schema_version, run_id);
