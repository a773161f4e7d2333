-- What embedding-worker derived from content. Written by embedding-worker alone. No foreign keys
-- into content: a service's schema must not hold up another's deletes; the sweep erases orphans.
create schema feature;

-- The state of a document under a generation; no row means pending.
create table feature.document_state (
  generation_id   bigint      not null,
  document_id     bigint      not null,
  -- The document's version and hash that were claimed last.
  version         bigint      not null,
  content_hash    bytea       not null,
  state           text        not null
    check (state in ('processing', 'ready', 'skipped', 'failed', 'dead')),
  -- The version that the stored chunks were made from: it lags behind version while a newer one is
  -- in work, and the older features are served meanwhile. Null before the first store.
  stored_version  bigint,
  -- Tries at this version that counted; a busy model does not count.
  attempts        int         not null default 0,
  next_attempt_at timestamptz,
  -- Fence: a store or a failure is written only by the holder of this claim.
  claim           uuid,
  lease_until     timestamptz,
  error_code      text,
  error           text,
  updated_at      timestamptz not null default now(),
  primary key (generation_id, document_id)
);
create index on feature.document_state (document_id);
create index on feature.document_state (next_attempt_at) where state = 'failed';
create index on feature.document_state (lease_until) where state = 'processing';

create table feature.chunk (
  generation_id bigint not null,
  document_id   bigint not null,
  -- Position in the document, from 0 up.
  ordinal       int    not null,
  kind          text   not null
    check (kind in ('title', 'paragraph', 'list', 'heading', 'table', 'code')),
  -- The document's title and the headings above the chunk, outermost first.
  heading_path  text[] not null,
  text          text   not null,
  tenant        text   not null,
  -- SHA-256(recipe fingerprint, 0, model input): equal fingerprints share one model call.
  fingerprint   bytea  not null check (octet_length(fingerprint) = 32),
  dimension     int    not null check (dimension > 0),
  -- Little-endian float32, as the model gave it.
  vector        bytea  not null check (octet_length(vector) = 4 * dimension),
  primary key (generation_id, document_id, ordinal)
);
-- Random floats do not compress: keep them out of line and do not try.
alter table feature.chunk alter column vector set storage external;
create index on feature.chunk (tenant, fingerprint);
create index on feature.chunk (document_id);

create table feature.outbox (
  position bigint generated always as identity primary key,
  id       uuid  not null default gen_random_uuid(),
  subject  text  not null,
  payload  bytea not null
);
