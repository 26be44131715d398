-- The modes that were registered with the embedded runtime or promoted. Sessions keep a copy of the
-- registration they started with in their terms and do not refer to these rows.
create table macp_runtime.modes (
  mode             text   primary key,
  registration     text   not null, -- JSON: descriptor, the built-in mode it behaves like, standing
  listing          text   not null, -- JSON: message types and schema addresses as registered
  registered_at_ms bigint not null
);
