-- A dump carries the numbers of the transactions that wrote its events, and another cluster counts its
-- transactions anew. What bears a number of the future would be seen by no feed and be in no tally, nor
-- would what is written from now on where the mark lies in the future. Such events count as written first,
-- like those of earlier releases, and all tallies are made again. Answers whether that was so.
create function take_in_restored_log() returns boolean language plpgsql as $$
declare
  future constant xid8 := pg_snapshot_xmax(pg_current_snapshot());
begin
  if not exists (select 1 from run_events_canonical where written_by >= future)
      and not exists (select 1 from event_mark where folded_to > future) then
    return false;
  end if;
  perform 1 from event_mark for update;
  update run_events_canonical set written_by = '0' where written_by >= future;
  delete from event_tallies;
  delete from run_agents;
  update event_mark set folded_to = '0';
  return true;
end
$$;
