-- Who wants to hear of runs, and what they were told. Deliveries are inserted in the transaction that
-- changes the run, and are the queue as well as the record.

create table webhooks (
  id uuid primary key,
  url text not null,
  events jsonb not null default '[]',
  secret varchar(255) not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Deliveries are signed with this one, too, until that time.
  previous_secret varchar(255),
  previous_secret_until timestamptz
);

create index webhooks_active_idx on webhooks (active);

create table webhook_deliveries (
  id uuid primary key,
  -- Order of the deliveries of one run: taken while the run is locked.
  position bigint generated always as identity,
  webhook_id uuid not null references webhooks (id) on delete cascade,
  event varchar(128) not null,
  run_id uuid not null,
  payload jsonb not null,
  status varchar(32) not null default 'pending'
    constraint webhook_deliveries_status_check check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  response_status integer,
  error_message text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  next_attempt_at timestamptz not null default now(),
  -- Who attempts it now, and until when nobody else may.
  lease_token uuid,
  lease_until timestamptz
);

create index webhook_deliveries_webhook_idx on webhook_deliveries (webhook_id, status);
create index webhook_deliveries_log_idx on webhook_deliveries (webhook_id, position desc);
create index webhook_deliveries_run_id_idx on webhook_deliveries (run_id);
create index webhook_deliveries_due_idx on webhook_deliveries (webhook_id, next_attempt_at)
  where status = 'pending';
create index webhook_deliveries_head_idx on webhook_deliveries (webhook_id, run_id, position)
  where status = 'pending';
