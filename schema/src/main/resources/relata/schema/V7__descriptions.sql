-- Descriptions, and what is known of the models. Written by embedding-worker.

-- What a model wrote about a document. It is kept as soon as it is written, so that a failure of a
-- later step does not ask for it again; document_state says which one is served.
create table feature.description (
  generation_id bigint      not null,
  document_id   bigint      not null,
  -- SHA-256 of model, its digest and the whole prompt as rendered: equal ones share one model call.
  fingerprint   bytea       not null check (octet_length(fingerprint) = 32),
  tenant        text        not null,
  text          text        not null,
  model         text        not null,
  prompt        text        not null,
  prompt_sha256 bytea       not null check (octet_length(prompt_sha256) = 32),
  created_at    timestamptz not null default now(),
  primary key (generation_id, document_id, fingerprint)
);
create index on feature.description (tenant, fingerprint);
create index on feature.description (document_id);

alter table feature.document_state
  -- The description that belongs to the stored chunks; null when the recipe asks for none.
  add column description bytea,
  -- The document's request that was claimed last.
  add column request     bigint not null default 0;
create index dead_documents on feature.document_state (generation_id, document_id)
  where state = 'dead';

alter table feature.chunk drop constraint chunk_kind_check;
alter table feature.chunk add constraint chunk_kind_check check (
  kind in ('title', 'description', 'paragraph', 'list', 'heading', 'table', 'code'));

-- The model that a generation's vectors come from, as it was met first: another one under the same
-- name is refused, never mixed in.
create table feature.generation_model (
  generation_id bigint not null,
  -- What it does for the generation.
  purpose       text   not null check (purpose in ('embed', 'describe')),
  model         text   not null,
  -- The model server's digest of the model; empty when the server names none.
  digest        text   not null,
  -- Components of its vectors; null for describe.
  dimension     int,
  primary key (generation_id, purpose)
);

-- The profile of models that is loaded, for all replicas; no row: none was activated.
create table feature.model_profile (
  only_row   boolean     primary key default true check (only_row),
  profile    text        not null,
  state      text        not null check (state in ('activating', 'active', 'failed')),
  -- Why it failed.
  reason     text,
  changed_at timestamptz not null default now()
);

grant select, insert, update, delete
   on feature.description, feature.generation_model, feature.model_profile to relata_worker;
-- api-service shows what was derived, but never a vector.
grant select on feature.description, feature.generation_model to relata_api;
grant select (generation_id, document_id, ordinal, kind, heading_path, text, dimension)
   on feature.chunk to relata_api;
