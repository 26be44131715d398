-- The commitments of a run, of which there is one among many events, and who supersedes whom: by
-- the session that a commitment names as its predecessor's. A session id comes from a stranger and
-- may be long, so it is looked up by its digest.
create index run_events_canonical_commitment_idx on run_events_canonical (run_id, seq)
  where type = 'decision.finalized';
create index run_events_canonical_supersedes_idx on run_events_canonical
  using hash ((data -> 'decodedPayload' -> 'supersedes' ->> 'sessionId'))
  where type = 'decision.finalized';

-- Kept with the session and not with its log, because the row outlives the history. Null when the
-- session was not resolved by a commitment, or by one that has no hash.
alter table macp_runtime.sessions add column commitment_hash text;
