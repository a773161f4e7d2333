-- How many requests each caller has left, counted by all replicas of api-service together. Without
-- a log: after a crash it is empty and everybody has all of theirs, and it may be emptied at any time.
create unlogged table content.rate_budget (
  -- Tenant and key, or subject of a token.
  caller     text             primary key,
  -- As of counted_at; it grows by itself.
  left_over  double precision not null,
  counted_at timestamptz      not null,
  -- How many the last replica that asked was given.
  granted    double precision not null
);
grant select, insert, update, delete on content.rate_budget to relata_background;
