-- What users wrote, and how features are to be made from it. Written by api-service alone.
create schema content;

create table content.collection (
  id         bigint generated always as identity primary key,
  tenant     text        not null,
  name       text        not null,
  created_at timestamptz not null default now(),
  unique (tenant, name)
);

-- One collection under one recipe.
create table content.generation (
  id                 bigint generated always as identity primary key,
  collection_id      bigint      not null references content.collection on delete cascade,
  state              text        not null
    check (state in ('building', 'active', 'retired', 'failed', 'cancelled')),
  recipe             jsonb       not null,
  -- SHA-256 of the canonical recipe without its edges: equal fingerprints give equal features.
  recipe_fingerprint bytea       not null check (octet_length(recipe_fingerprint) = 32),
  created_at         timestamptz not null default now()
);
create index on content.generation (collection_id);
create unique index one_active_generation on content.generation (collection_id)
  where state = 'active';

create table content.document (
  id            bigint generated always as identity primary key,
  collection_id bigint      not null references content.collection on delete cascade,
  external_id   text        not null,
  title         text        not null,
  body          text        not null,
  -- How the body is to be read.
  format        text        not null check (format in ('markdown', 'plain')),
  metadata      jsonb       not null,
  -- Grows by one with every change of content_hash, never otherwise.
  version       bigint      not null check (version >= 1),
  -- SHA-256 over title, body, format and canonical metadata.
  content_hash  bytea       not null check (octet_length(content_hash) = 32),
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  unique (collection_id, external_id)
);
create index on content.document (updated_at);

-- Events written in the transaction that they tell of; the relay publishes and deletes them.
-- position orders roughly and commits out of order, so it is never a cursor.
create table content.outbox (
  position   bigint generated always as identity primary key,
  id         uuid        not null default gen_random_uuid(),
  subject    text        not null,
  payload    bytea       not null,
  -- How far the relay lags behind is read from the oldest row.
  written_at timestamptz not null default now()
);
