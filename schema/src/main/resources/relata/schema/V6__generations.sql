-- The life of a generation: building → active → retired, or cancelled or failed.
alter table content.generation
  -- What the user asked for: a partial recipe, or the string "default".
  add column written      jsonb       not null default '{}',
  -- The models that the recipe's aliases stood for when it was resolved: {"embedder": ["a", "b"]}.
  add column aliases      jsonb       not null default '{}',
  -- A building generation that nobody works on until it is resumed.
  add column paused       boolean     not null default false,
  -- How it compared with the active one when that was last looked at, and why it was not switched to.
  add column report       jsonb,
  add column activated_at timestamptz,
  add column retired_at   timestamptz,
  -- From then on its features and edges may be erased; null while it is kept.
  add column erase_after  timestamptz;
update content.generation set activated_at = created_at where state = 'active';

create unique index one_building_generation on content.generation (collection_id)
  where state = 'building';
create index on content.generation (erase_after) where erase_after is not null;

-- Grows with each wish to make a document's features anew although it did not change: a replay of a
-- dead letter, or chunks that the client brought.
alter table content.document add column request bigint not null default 0;

-- Chunks and vectors that the client brought, for generations whose recipe says so.
create table content.provided_chunk (
  generation_id bigint not null references content.generation on delete cascade,
  document_id   bigint not null references content.document on delete cascade,
  ordinal       int    not null check (ordinal >= 0),
  -- The document's version that they were made from; those of an older one are not used.
  version       bigint not null,
  kind          text   not null
    check (kind in ('title', 'description', 'paragraph', 'list', 'heading', 'table', 'code')),
  heading_path  text[] not null,
  text          text   not null,
  dimension     int    not null check (dimension > 0),
  -- Little-endian float32.
  vector        bytea  not null check (octet_length(vector) = 4 * dimension),
  primary key (generation_id, document_id, ordinal)
);
alter table content.provided_chunk alter column vector set storage external;
create index on content.provided_chunk (document_id);

-- W3C trace context of the request that an event comes from, so that its work joins that trace.
alter table content.outbox add column traceparent text;
alter table feature.outbox add column traceparent text;

grant select, insert, update, delete on content.provided_chunk to relata_api;
grant select on content.provided_chunk to relata_worker;
