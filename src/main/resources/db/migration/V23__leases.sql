-- The instances that share this database, each with the time until which it counts as alive.
create table instances (
  id uuid primary key,
  name text not null,
  started_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  -- Whether the embedded runtime of this database runs in it.
  hosts_runtime boolean not null default false
);

-- Which instance follows a run, and how many did: a follower writes with the fence that it was given.
-- Both are in no index, so that changing them costs none anything.
alter table runs
  add column owner uuid,
  add column fence integer not null default 1;
