-- What runs are searched by, apart from them. A run changes with each step of its life and its words
-- hardly ever, but every change of an indexed column would cost each index of words an entry.
create table run_words (
  run_id uuid primary key references runs (id) on delete cascade,
  search_text text not null,
  -- Both in small letters.
  source_ref text,
  scenario_ref text,
  tags jsonb not null
);

insert into run_words (run_id, search_text, source_ref, scenario_ref, tags)
select id, search_text, lower(source_ref), lower(metadata ->> 'scenarioRef'), tags from runs;

alter table runs drop column search_text;
drop index if exists runs_source_ref_idx;
drop index if exists runs_scenario_ref_idx;
drop index runs_tags_idx;

create index run_words_tags_idx on run_words using gin (tags);

do $$
begin
  create index run_words_search_text_idx on run_words using gin (search_text gin_trgm_ops);
  create index run_words_source_ref_idx on run_words using gin (source_ref gin_trgm_ops);
  create index run_words_scenario_ref_idx on run_words using gin (scenario_ref gin_trgm_ops);
exception
  when undefined_object then
    raise notice 'no trigram indexes on the words of runs: %', sqlerrm;
end
$$;

create function runs_keep_words() returns trigger language plpgsql as $$
begin
  insert into run_words (run_id, search_text, source_ref, scenario_ref, tags)
  values (
    new.id,
    new.id::text
      || ' ' || coalesce(new.source_ref, '')
      || ' ' || coalesce(new.metadata ->> 'scenarioRef', '')
      || ' ' || coalesce(new.metadata ->> 'environment', '')
      || ' ' || coalesce(new.metadata #>> '{executionRequest,session,modeName}', '')
      || ' ' || coalesce(new.metadata #>> '{executionRequest,session,policyVersion}', '')
      || ' ' || new.tags::text,
    lower(new.source_ref),
    lower(new.metadata ->> 'scenarioRef'),
    new.tags)
  on conflict (run_id) do update set
    search_text = excluded.search_text, source_ref = excluded.source_ref,
    scenario_ref = excluded.scenario_ref, tags = excluded.tags;
  return null;
end
$$;

create trigger runs_insert_words after insert on runs
  for each row execute function runs_keep_words();
create trigger runs_update_words after update of tags, metadata, source_ref on runs
  for each row
  when (old.tags is distinct from new.tags or old.metadata is distinct from new.metadata
    or old.source_ref is distinct from new.source_ref)
  execute function runs_keep_words();

-- Nobody asks for these alone: a status is found by the index of retention, which begins with it.
drop index runs_status_idx;
drop index runs_mode_idx;
drop index runs_runtime_kind_idx;
