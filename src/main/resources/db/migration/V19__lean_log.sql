-- What each event costs. Rows of the log are written while the row of their run is locked, so a
-- check of the reference for every one of them proves nothing; what the reference did for removal, a
-- trigger does.
alter table run_events_raw drop constraint run_events_raw_run_id_fkey;
alter table run_events_canonical drop constraint run_events_canonical_run_id_fkey;

create function runs_take_their_log_along() returns trigger language plpgsql as $$
begin
  delete from run_events_raw where run_id = old.id;
  delete from run_events_canonical where run_id = old.id;
  return null;
end
$$;

create trigger runs_delete_log after delete on runs
  for each row execute function runs_take_their_log_along();

-- Queries of one run go by (run_id, seq), those over all runs by time, type or transaction.
drop index run_events_raw_kind_idx;
drop index run_events_raw_ts_idx;
drop index run_events_canonical_run_ts_idx;
drop index run_events_canonical_run_created_at_idx;

-- Rows that change with every batch of events keep room for their next version, so that no index
-- has to learn of it.
alter table runs set (fillfactor = 80);
alter table runtime_sessions set (fillfactor = 80);
alter table run_metrics set (fillfactor = 80);
