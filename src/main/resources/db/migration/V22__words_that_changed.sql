-- The end of a run adds to its metadata, mostly none of the words that it is searched by.
drop trigger runs_update_words on runs;
create trigger runs_update_words after update of tags, metadata, source_ref on runs
  for each row
  when (old.tags is distinct from new.tags
    or old.source_ref is distinct from new.source_ref
    or old.metadata -> 'scenarioRef' is distinct from new.metadata -> 'scenarioRef'
    or old.metadata -> 'environment' is distinct from new.metadata -> 'environment'
    or old.metadata -> 'executionRequest' is distinct from new.metadata -> 'executionRequest')
  execute function runs_keep_words();
