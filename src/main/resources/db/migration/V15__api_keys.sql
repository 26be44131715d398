-- Keys that administrators hand out, beside those of the settings. Only a hash of the key is kept;
-- the prefix finds the row. Revoked rows stay: once a key was stored, the server is never open again.
create table api_keys (
  id uuid primary key,
  name varchar(255) not null,
  prefix varchar(16) not null constraint api_keys_prefix_key unique,
  hash char(64) not null,
  scopes text[] not null
    constraint api_keys_scopes_check check (
      cardinality(scopes) > 0
      and scopes <@ array['runs:read', 'runs:write', 'policies:write', 'admin']),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create index api_keys_created_at_idx on api_keys (created_at desc, id);
create index api_keys_active_idx on api_keys (prefix) where revoked_at is null;
