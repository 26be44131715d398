-- What the optional initiator mode sends is kept with its content until the runtime has answered,
-- so that it is sent again after a crash; several messages of one moment keep their order.
alter table run_outbound_messages
  add column kind varchar(32) not null default 'message',
  add column position integer not null default 0,
  add column payload bytea,
  drop constraint run_outbound_messages_category_check,
  add constraint run_outbound_messages_category_check
    check (category in ('kickoff', 'message', 'signal', 'context_update'));

create index run_outbound_messages_queued_idx
  on run_outbound_messages (run_id, created_at, position) where status = 'queued';
