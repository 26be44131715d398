-- Who changed what, when, and how it ended. Rows outlive what they speak of, so nothing refers to
-- other tables. The database refuses to change a row, and to remove one to all but retention.
create table audit_log (
  id uuid primary key,
  -- In the order of writing; tells rows of one moment apart.
  position bigint generated always as identity constraint audit_log_position_key unique,
  actor varchar(255) not null,
  actor_type varchar(64) not null,
  action varchar(128) not null,
  resource varchar(128) not null,
  resource_id varchar(255),
  details jsonb not null default '{}',
  request_id varchar(255),
  created_at timestamptz not null default now()
);

create index audit_log_created_at_idx on audit_log (created_at desc, position desc);
create index audit_log_actor_idx on audit_log (actor, created_at desc, position desc);
create index audit_log_action_idx on audit_log (action, created_at desc, position desc);
create index audit_log_resource_idx on audit_log (resource, created_at desc, position desc);
create index audit_log_resource_id_idx on audit_log (resource_id, created_at desc, position desc);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
declare
  retention bigint := hashtextextended('data-retention-lock', 0);
begin
  -- The retention of old rows is the one exception: it holds its lock while it deletes.
  if tg_op = 'DELETE' and exists (
    select from pg_locks
    where locktype = 'advisory' and pid = pg_backend_pid() and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) = retention
  ) then
    return null;
  end if;
  raise exception 'audit_log is append-only: % refused', lower(tg_op)
    using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_keeps_rows before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();
