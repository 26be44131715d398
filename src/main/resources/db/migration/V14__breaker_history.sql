-- Every state that a circuit breaker entered, over restarts and instances.

create table circuit_breaker_history (
  id bigint generated always as identity primary key,
  state varchar(16) not null
    constraint circuit_breaker_history_state_check check (state in ('CLOSED', 'OPEN', 'HALF_OPEN')),
  entered_at timestamptz not null,
  reason text not null
);

create index circuit_breaker_history_entered_at_idx on circuit_breaker_history (entered_at);
