-- The embedded MACP runtime keeps its accepted log and its policies here, apart from the tables of
-- the control plane, which learns about sessions through the protocol only.
create schema macp_runtime;

-- One row per session id ever used. The row outlives the history, so that an id is never used twice.
create table macp_runtime.sessions (
  session_id       text   primary key,
  mode             text   not null,
  terms            text   not null, -- JSON: what the session was bound to, with its policy and deadline
  started_at_ms    bigint not null,
  ended_at_ms      bigint,          -- null until a terminal state is reached
  evicted_at_ms    bigint           -- null while the history is readable
);

create index sessions_to_evict on macp_runtime.sessions (ended_at_ms)
  where ended_at_ms is not null and evicted_at_ms is null;

-- The log of a session. Ordinals count the delivered envelopes; the runtime's own notes have none.
create table macp_runtime.log_entries (
  session_id        text     not null references macp_runtime.sessions on delete cascade,
  position          bigint   not null,
  ordinal           bigint,
  kind              text     not null,
  accepted_at_ms    bigint   not null,
  macp_version      text,
  mode              text,
  message_type      text,
  message_id        text,
  sender            text,
  timestamp_unix_ms bigint,
  payload           bytea,
  primary key (session_id, position)
);

create table macp_runtime.policies (
  policy_id        text    primary key,
  mode             text    not null,
  description      text    not null,
  rules            text    not null, -- JSON text as registered
  schema_version   integer not null,
  registered_at_ms bigint  not null
);
