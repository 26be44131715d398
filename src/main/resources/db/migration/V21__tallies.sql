-- Counts of the log that no reader has to count again. Every event before the mark is in them, by the
-- transaction that wrote it; a reader adds the few that came since. The mark moves on in steps of its
-- own, beside the appends and never within them.
create table event_mark (
  folded_to xid8 not null
);
create unique index event_mark_single_idx on event_mark ((true));
insert into event_mark values ('0');

-- How many events of a type lie in a minute (1), an hour (2), a day (3) of UTC.
create table event_tallies (
  step smallint not null constraint event_tallies_step_check check (step between 1 and 3),
  at timestamptz not null,
  type varchar(128) not null,
  events bigint not null,
  -- Of decisions: how many had which outcome.
  positive bigint not null,
  negative bigint not null,
  primary key (step, at, type)
);

-- What an agent has said in a run. The name comes from a stranger and may be long, so its digest is
-- the key. No reference to the run: who removes the run waits for the mark first.
create table run_agents (
  run_id uuid not null,
  digest uuid not null,
  sender text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  signals bigint not null,
  messages bigint not null,
  confidences bigint not null,
  confidence numeric not null,
  latencies bigint not null,
  latency numeric not null,
  primary key (run_id, digest)
);
create index run_agents_last_at_idx on run_agents (last_at);

-- What each agent says in which event. Confidence is what signals and evaluations say of it.
create view agents_said as
select e.run_id, e.data ->> 'sender' as sender, e.ts, e.written_by,
  case when e.type = 'signal.emitted' then 1 else 0 end as signals,
  case when e.type = 'message.received' then 1 else 0 end as messages,
  case when e.type = 'message.received' and e.data ->> 'messageType' in ('Signal', 'Evaluation')
    and jsonb_typeof(e.data #> '{payload,confidence}') = 'number'
    then (e.data #> '{payload,confidence}')::numeric end as confidence,
  case when e.type = 'llm.call.completed'
    and jsonb_typeof(e.data #> '{decodedPayload,latencyMs}') = 'number'
    then (e.data #> '{decodedPayload,latencyMs}')::numeric end as latency
from run_events_canonical e
where e.type in ('message.received', 'signal.emitted', 'llm.call.completed')
  and e.data ->> 'sender' <> '';

-- Moves the mark on, over everything that transactions wrote which have ended; answers whether there
-- was something.
create function fold_events() returns boolean language plpgsql
set jit = off set enable_seqscan = off as $$
declare
  since xid8;
  until xid8;
begin
  select folded_to into since from event_mark for update skip locked;
  if not found then
    return false;
  end if;
  until := pg_snapshot_xmin(pg_current_snapshot());
  if not exists (
      select 1 from run_events_canonical where written_by >= since and written_by < until) then
    return false;
  end if;
  with minutes as (
    select type, date_trunc('minute', ts, 'UTC') as at, count(*) as events,
      count(*) filter (where case when type = 'decision.finalized'
        then data #>> '{decodedPayload,outcomePositive}' = 'true' end) as positive,
      count(*) filter (where case when type = 'decision.finalized'
        then data #>> '{decodedPayload,outcomePositive}' = 'false' end) as negative
    from run_events_canonical where written_by >= since and written_by < until
    group by 1, 2)
  insert into event_tallies as t (step, at, type, events, positive, negative)
  select s.step, date_trunc(s.unit, at, 'UTC'), type, sum(events), sum(positive), sum(negative)
  from minutes cross join (values (1, 'minute'), (2, 'hour'), (3, 'day')) s (step, unit)
  group by 1, 2, 3
  on conflict (step, at, type) do update set events = t.events + excluded.events,
    positive = t.positive + excluded.positive, negative = t.negative + excluded.negative;
  insert into run_agents as a (run_id, digest, sender, first_at, last_at, signals, messages,
    confidences, confidence, latencies, latency)
  select run_id, md5(sender)::uuid, sender, min(ts), max(ts), sum(signals), sum(messages),
    count(confidence), coalesce(sum(confidence), 0), count(latency), coalesce(sum(latency), 0)
  from agents_said where written_by >= since and written_by < until group by run_id, sender
  on conflict (run_id, digest) do update set first_at = least(a.first_at, excluded.first_at),
    last_at = greatest(a.last_at, excluded.last_at), signals = a.signals + excluded.signals,
    messages = a.messages + excluded.messages, confidences = a.confidences + excluded.confidences,
    confidence = a.confidence + excluded.confidence, latencies = a.latencies + excluded.latencies,
    latency = a.latency + excluded.latency;
  update event_mark set folded_to = until;
  return true;
end
$$;

-- Begin of the first whole unit from a moment on.
create function next_whole(unit text, moment timestamptz) returns timestamptz
language sql immutable as $$
  select case when date_trunc(unit, moment, 'UTC') = moment then moment
    else date_trunc(unit, moment, 'UTC') + ('1 ' || unit)::interval end
$$;

-- The events from a moment (inclusive) to another (exclusive) in pieces, none longer than the given
-- unit, as far as transactions before the horizon wrote them. The ends of the stretch, less than a
-- minute each, and what came after the mark are counted from the log, all else from tallies.
create function tallied(wanted text[], since timestamptz, until timestamptz, horizon xid8, unit text)
returns table (at timestamptz, events bigint, positive bigint, negative bigint)
language plpgsql stable
set jit = off set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
declare
  mark xid8 := (select folded_to from event_mark);
  units constant text[] := array['minute', 'hour', 'day'];
  begins timestamptz[];
  ends timestamptz[];
  coarse timestamptz[];
  i int;
begin
  begins := array[next_whole('minute', since)];
  ends := array[greatest(begins[1], date_trunc('minute', until, 'UTC'))];
  if ends[1] > until then
    -- Within one minute.
    begins[1] := until;
    ends[1] := until;
  end if;
  for i in 2 .. array_position(units, unit) loop
    coarse := array[next_whole(units[i], begins[i - 1]), date_trunc(units[i], ends[i - 1], 'UTC')];
    if coarse[1] >= coarse[2] then
      exit;
    end if;
    begins[i] := coarse[1];
    ends[i] := coarse[2];
  end loop;
  -- Of each unit what lies before the next longer one begins and after it ends.
  for i in 1 .. cardinality(begins) loop
    return query
      select t.at, t.events, t.positive, t.negative from event_tallies t
      where t.step = i and (wanted is null or t.type = any (wanted))
        and t.at >= begins[i] and t.at < coalesce(begins[i + 1], ends[i])
      union all
      select t.at, t.events, t.positive, t.negative from event_tallies t
      where t.step = i and (wanted is null or t.type = any (wanted))
        and t.at >= ends[i + 1] and t.at < ends[i];
  end loop;
  return query
    select date_trunc('minute', e.ts, 'UTC'), count(*),
      count(*) filter (where case when e.type = 'decision.finalized'
        then e.data #>> '{decodedPayload,outcomePositive}' = 'true' end),
      count(*) filter (where case when e.type = 'decision.finalized'
        then e.data #>> '{decodedPayload,outcomePositive}' = 'false' end)
    from (
      select l.type, l.ts, l.data from run_events_canonical l
      where (wanted is null or l.type = any (wanted)) and l.written_by < least(mark, horizon)
        and l.ts >= since and l.ts < begins[1]
      union all
      select l.type, l.ts, l.data from run_events_canonical l
      where (wanted is null or l.type = any (wanted)) and l.written_by < least(mark, horizon)
        and l.ts >= ends[1] and l.ts < until
      union all
      select l.type, l.ts, l.data from run_events_canonical l
      where (wanted is null or l.type = any (wanted))
        and l.written_by >= mark and l.written_by < horizon
        and l.ts >= since and l.ts < until) e
    group by 1;
end
$$;

-- Who removes runs takes out of the counts what is in them, one transaction after the other.
drop trigger runs_delete_log on runs;
create or replace function runs_take_their_log_along() returns trigger language plpgsql as $$
declare
  mark xid8;
begin
  select folded_to into mark from event_mark for update;
  with minutes as (
    select e.type, date_trunc('minute', e.ts, 'UTC') as at, count(*) as events,
      count(*) filter (where case when e.type = 'decision.finalized'
        then e.data #>> '{decodedPayload,outcomePositive}' = 'true' end) as positive,
      count(*) filter (where case when e.type = 'decision.finalized'
        then e.data #>> '{decodedPayload,outcomePositive}' = 'false' end) as negative
    from run_events_canonical e
    where e.run_id = any (array(select id from removed)) and e.written_by < mark
    group by 1, 2)
  update event_tallies t set events = t.events - r.events, positive = t.positive - r.positive,
    negative = t.negative - r.negative
  from (
    select s.step, date_trunc(s.unit, at, 'UTC') as at, type, sum(events) as events,
      sum(positive) as positive, sum(negative) as negative
    from minutes cross join (values (1, 'minute'), (2, 'hour'), (3, 'day')) s (step, unit)
    group by 1, 2, 3) r
  where t.step = r.step and t.at = r.at and t.type = r.type;
  delete from run_agents where run_id = any (array(select id from removed));
  delete from run_events_raw where run_id = any (array(select id from removed));
  delete from run_events_canonical where run_id = any (array(select id from removed));
  return null;
end
$$;
create trigger runs_delete_log after delete on runs referencing old table as removed
  for each statement execute function runs_take_their_log_along();

select fold_events();

-- A page of one run with a total walks the numbers of that run in one index, also for its types and
-- times.
alter table run_events_canonical drop constraint run_events_canonical_run_id_seq_key;
alter table run_events_canonical add constraint run_events_canonical_run_id_seq_key
  unique (run_id, seq) include (type, ts);

-- Lists count their runs, and the dashboard those of a span, without a look at the rows. A run that
-- changes its status is in each index anew anyway. An environment may be long, so its digest is kept; none counts as an empty one.
alter table runs add column environment_key uuid
  generated always as (md5(coalesce(metadata ->> 'environment', ''))::uuid) stored;
drop index runs_environment_idx;
create index runs_environment_idx on runs (environment_key);
drop index runs_created_at_idx;
create index runs_created_at_idx on runs (created_at, id)
  include (status, mode, archived_at, started_at, ended_at, environment_key);
create index run_projections_declined_idx on run_projections (run_id)
  where decision #>> '{current,outcomePositive}' = 'false';

-- Searched in small letters, which is much cheaper than to compare letters in any case.
drop index if exists run_words_search_text_idx;
update run_words set search_text = lower(search_text);
do $$
begin
  create index run_words_search_text_idx on run_words using gin (search_text gin_trgm_ops);
exception
  when undefined_object then
    raise notice 'no trigram index on the words of runs: %', sqlerrm;
end
$$;
create or replace function runs_keep_words() returns trigger language plpgsql as $$
begin
  insert into run_words (run_id, search_text, source_ref, scenario_ref, tags)
  values (
    new.id,
    lower(new.id::text
      || ' ' || coalesce(new.source_ref, '')
      || ' ' || coalesce(new.metadata ->> 'scenarioRef', '')
      || ' ' || coalesce(new.metadata ->> 'environment', '')
      || ' ' || coalesce(new.metadata #>> '{executionRequest,session,modeName}', '')
      || ' ' || coalesce(new.metadata #>> '{executionRequest,session,policyVersion}', '')
      || ' ' || new.tags::text),
    lower(new.source_ref),
    lower(new.metadata ->> 'scenarioRef'),
    new.tags)
  on conflict (run_id) do update set
    search_text = excluded.search_text, source_ref = excluded.source_ref,
    scenario_ref = excluded.scenario_ref, tags = excluded.tags;
  return null;
end
$$;
