-- What the control plane itself has sent into sessions. As an observer it sends nothing.
create table run_outbound_messages (
  id uuid primary key,
  run_id uuid not null references runs (id) on delete cascade,
  runtime_session_id varchar(255) not null,
  message_id varchar(255) not null constraint run_outbound_messages_message_id_key unique,
  message_type varchar(128) not null,
  category varchar(32) not null
    constraint run_outbound_messages_category_check
      check (category in ('kickoff', 'signal', 'context_update')),
  sender varchar(255) not null,
  recipients jsonb not null default '[]',
  status varchar(32) not null
    constraint run_outbound_messages_status_check
      check (status in ('queued', 'accepted', 'rejected')),
  payload_descriptor jsonb not null default '{}',
  ack jsonb,
  error_message text,
  created_at timestamptz not null default now(),
  accepted_at timestamptz,
  updated_at timestamptz not null default now()
);

create index run_outbound_messages_run_idx on run_outbound_messages (run_id, created_at, id);
create index run_outbound_messages_status_idx on run_outbound_messages (status);

-- Sessions whose runs were deleted. A runtime may go on telling of them, and nobody wants them back.
create table deleted_sessions (
  runtime_session_id varchar(255) primary key,
  deleted_at timestamptz not null default now()
);
