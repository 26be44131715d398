-- A search for runs also looks into the mode and the policy that were asked for.
alter table runs drop column search_text;
alter table runs add column search_text text not null generated always as (
  id::text
  || ' ' || coalesce(source_ref, '')
  || ' ' || coalesce(metadata ->> 'scenarioRef', '')
  || ' ' || coalesce(metadata ->> 'environment', '')
  || ' ' || coalesce(metadata #>> '{executionRequest,session,modeName}', '')
  || ' ' || coalesce(metadata #>> '{executionRequest,session,policyVersion}', '')
  || ' ' || tags::text
) stored;

-- A tree index refuses texts of more than some thousand bytes, and with them the run. The texts are
-- looked up as a whole or searched for a part, never by order.
drop index runs_source_ref_idx;
drop index runs_scenario_ref_idx;
drop index runs_environment_idx;
create index runs_environment_idx on runs using hash ((metadata ->> 'environment'));

do $$
begin
  create index runs_search_text_idx on runs using gin (search_text gin_trgm_ops);
  create index runs_source_ref_idx on runs using gin (lower(source_ref) gin_trgm_ops);
  create index runs_scenario_ref_idx on runs
    using gin (lower(metadata ->> 'scenarioRef') gin_trgm_ops);
exception
  when undefined_object then
    raise notice 'no trigram indexes on runs: %', sqlerrm;
end
$$;
