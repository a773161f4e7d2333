-- What graph-service derived from vectors. Written by graph-service alone.
create schema graph;

-- One row a generation: the lock that serialises commits of edges, and their counter.
create table graph.generation (
  generation_id bigint primary key,
  commit_seq    bigint not null default 0
);

-- A document whose neighbour list is stored, and from which of its versions.
create table graph.node (
  generation_id bigint not null,
  document_id   bigint not null,
  version       bigint not null,
  primary key (generation_id, document_id)
);

-- neighbor_id is among the maxNeighbors most similar other documents of document_id.
create table graph.neighbor (
  generation_id  bigint           not null,
  document_id    bigint           not null,
  neighbor_id    bigint           not null check (neighbor_id <> document_id),
  similarity     double precision not null,
  -- Ordinals of the two chunks whose cosine is the similarity.
  chunk          int              not null,
  neighbor_chunk int              not null,
  primary key (generation_id, document_id, neighbor_id)
);
create index on graph.neighbor (generation_id, neighbor_id);

-- Which documents each commit dealt with, so that a replica can catch up with what others
-- committed before it computes. Kept for an hour; a replica that lags further reloads.
create table graph.commit_log (
  generation_id bigint      not null,
  commit_seq    bigint      not null,
  document_ids  bigint[]    not null,
  committed_at  timestamptz not null default now(),
  primary key (generation_id, commit_seq)
);
create index on graph.commit_log (committed_at);

-- An edge is a pair in which either has the other in its list.
create view graph.edge as
  select generation_id,
         least(document_id, neighbor_id)    as low_id,
         greatest(document_id, neighbor_id) as high_id,
         max(similarity)                    as similarity,
         max(case when document_id < neighbor_id then chunk else neighbor_chunk end) as low_chunk,
         max(case when document_id < neighbor_id then neighbor_chunk else chunk end) as high_chunk
    from graph.neighbor
   group by 1, 2, 3;
