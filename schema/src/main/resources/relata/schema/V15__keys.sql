-- Keys of the API. Written by api-service; who asks with one is of its tenant and may do what its
-- scopes say.
create table content.api_key (
  -- The part of a key that is no secret.
  id           text        primary key,
  tenant       text        not null,
  name         text        not null,
  -- SHA-256 of the secret part, which has 256 random bits: nothing slower is needed.
  secret_hash  bytea       not null check (octet_length(secret_hash) = 32),
  scopes       text[]      not null check (scopes <@ array['read', 'write', 'admin']),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  -- Rows of revoked keys stay, so that it can be told who had which.
  revoked_at   timestamptz,
  -- As of the last time that a replica looked the key up.
  last_used_at timestamptz
);
create index on content.api_key (tenant, id);

-- A key is never deleted, and what it may do never changes.
grant select, insert, update (expires_at, revoked_at) on content.api_key to relata_api;

-- What api-service does across tenants, with a role that reads no content: who a key belongs to.
grant usage on schema content to relata_background;
grant select (id, tenant, secret_hash, scopes, expires_at, revoked_at),
      update (last_used_at)
   on content.api_key to relata_background;

-- The relay publishes events and deletes them; to lock a row is to be allowed to update it.
grant select, delete, update (subject) on content.outbox to relata_background;
-- Which generations are to be looked at, and whose they are.
grant select (id, tenant, name) on content.collection to relata_background;
grant select on content.generation to relata_background;
-- Chunks that clients brought are erased without a look at what is in them.
grant select (generation_id, document_id, ordinal), delete, update (ordinal)
   on content.provided_chunk to relata_background;
grant select, insert, update, delete on content.replica to relata_background;
