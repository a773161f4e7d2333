-- How searches of a generation go about it, and the trials by which that was chosen. Written by
-- graph-service, but for the recall that a collection's owner asks for.

-- The recall that searches of the collection must have, by its lower confidence bound; null: that of
-- the deployment; 1: searches are always certain.
alter table content.collection
  add column min_recall double precision check (min_recall > 0 and min_recall <= 1);

-- Vectors of texts that were searched for, without the texts. A new one takes the place of another,
-- so there are no more than there are slots; each is forgotten when it is old.
create table graph.query_sample (
  generation_id bigint      not null,
  -- Whether users stored the query to compare generations by, or searched for it.
  stored        boolean     not null,
  slot          int         not null check (slot >= 0),
  -- How many documents were wanted.
  max_documents int         not null check (max_documents > 0),
  -- Little-endian float32.
  vector        bytea       not null,
  sampled_at    timestamptz not null default now(),
  primary key (generation_id, stored, slot)
);
alter table graph.query_sample alter column vector set storage external;

-- The effort of searches, and the one before it, to which it can be undone; no row: certain.
create table graph.index_setting (
  generation_id bigint           not null,
  place         text             not null check (place in ('current', 'previous')),
  -- Grows with every change, so that a run knows whether what it measured against is still there.
  number        bigint           generated always as identity,
  -- How many lists of vectors are looked into, and how many vectors compared exactly; null: all.
  probes        int              check (probes > 0),
  depth         int              check (depth > 0),
  -- The most documents that it was measured with; searches that want more are certain.
  max_documents int              not null,
  -- As last measured.
  recall        double precision not null,
  recall_lower  double precision not null,
  queries       int              not null,
  -- Null: to be measured as soon as may be.
  measured_at   timestamptz,
  -- How it came about.
  reason        text             not null check (reason in ('promoted', 'fell_back', 'undone')),
  changed_at    timestamptz      not null default now(),
  primary key (generation_id, place)
);

-- One search for a better effort, or one check of the present one.
create table graph.tuning_run (
  id            bigint generated always as identity primary key,
  generation_id bigint           not null,
  cause         text             not null check (cause in ('hand', 'growth', 'check')),
  -- The sample of queries, their order and the test of the gain follow from it.
  seed          bigint           not null,
  min_recall    double precision not null,
  -- What the decision follows from besides: null until it has begun.
  min_gain      double precision,
  significance  double precision,
  max_trials    int,
  seeks         text             check (seeks in ('always', 'after_fall', 'never')),
  -- The effort that searches had, and how large the index was.
  probes        int,
  depth         int,
  lists         int,
  documents     int,
  chunks        int,
  queries       int,
  max_documents int,
  created_at    timestamptz      not null default now(),
  -- The replica that works on it, and until when it is believed to.
  replica       uuid,
  lease_until   timestamptz,
  ended_at      timestamptz,
  -- Of one that ended: what it came to, and why in words.
  outcome       text
    check (outcome in ('promoted', 'kept', 'fell_back', 'stopped', 'abandoned', 'failed')),
  detail        text,
  check ((ended_at is null) = (outcome is null))
);
create unique index one_run_a_generation on graph.tuning_run (generation_id) where ended_at is null;
create index on graph.tuning_run (generation_id, id);

-- What one effort was worth, beside the one that searches had.
create table graph.tuning_trial (
  run_id          bigint           not null,
  -- Position in the run, from 1 up.
  number          int              not null,
  generation_id   bigint           not null,
  purpose         text             not null check (purpose in ('check', 'seek', 'confirm')),
  probes          int,
  depth           int,
  current_probes  int,
  current_depth   int,
  -- Whether the recall was shown to be what it must be.
  held            boolean          not null,
  recall          double precision not null,
  recall_lower    double precision not null,
  -- Cost by that of the current effort.
  ratio           double precision not null,
  nanos_p50       bigint           not null,
  nanos_p99       bigint           not null,
  current_p50     bigint           not null,
  current_p99     bigint           not null,
  heap_bytes      bigint           not null,
  vector_bytes    bigint           not null,
  planned_queries int              not null,
  -- Of each query that was asked, in the order in which they were; times are processor time.
  recalls         float8[]         not null,
  nanos           bigint[]         not null,
  current_nanos   bigint[]         not null,
  tried_at        timestamptz      not null default now(),
  primary key (run_id, number)
);
create index on graph.tuning_trial (generation_id, tried_at);

-- As of the other tables of this schema: statistics of generations that were seen last say nothing
-- about a new one.
alter table graph.query_sample alter column generation_id set statistics 0;
alter table graph.tuning_trial alter column generation_id set statistics 0;

grant select, insert, update, delete
   on graph.query_sample, graph.index_setting, graph.tuning_run, graph.tuning_trial
   to relata_graph;
