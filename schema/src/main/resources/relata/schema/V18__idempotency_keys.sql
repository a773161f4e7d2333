-- What was answered to requests with an Idempotency-Key, written in the transaction of their effect:
-- whoever repeats one gets the answer, and the effect takes place once.
create table content.idempotency_key (
  tenant     text        not null,
  key        text        not null,
  -- SHA-256 of what was asked for, so that nobody gets the answer to something else.
  request    text        not null,
  -- Null only within the transaction that writes the row.
  answer     text,
  expires_at timestamptz not null,
  primary key (tenant, key)
);
create index on content.idempotency_key (expires_at);
alter table content.idempotency_key enable row level security, force row level security;
create policy of_tenant on content.idempotency_key to relata_api
  using (tenant = coalesce(current_setting('relata.tenant', true), 'default'));
create policy of_all on content.idempotency_key to relata_background using (true);
grant select, insert, update on content.idempotency_key to relata_api;
-- Old ones are erased without a look at what was answered.
grant select (expires_at), delete on content.idempotency_key to relata_background;
