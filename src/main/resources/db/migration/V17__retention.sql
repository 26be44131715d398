-- Retention finds what is old by these, a batch at a time.
create index deleted_sessions_deleted_at_idx on deleted_sessions (deleted_at);
create index webhook_deliveries_finished_idx on webhook_deliveries (created_at)
  where status <> 'pending';
