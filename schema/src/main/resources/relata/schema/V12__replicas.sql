-- Which settings of recipes the replicas of api-service run with, and when each was last there: what
-- changed is followed when all agree. It may be emptied at any time.
create table content.replica (
  id       uuid        primary key,
  settings text        not null,
  seen_at  timestamptz not null
);
grant select, insert, update, delete on content.replica to relata_api;
