-- Who changed what, when, and how it ended. Rows outlive what they speak of, so nothing refers to
-- other tables. Nothing in the product changes or removes a row, and the database refuses it from
-- everybody; retention leaves this table alone.
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
begin
  raise exception 'audit_log is append-only: % refused', lower(tg_op)
    using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_keeps_rows before update or delete on audit_log
  for each row execute function audit_log_is_append_only();
create trigger audit_log_keeps_all before truncate on audit_log
  for each statement execute function audit_log_is_append_only();
