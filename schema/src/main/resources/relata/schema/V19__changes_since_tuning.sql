-- How much of a collection has changed since it was tuned, for all replicas and across their restarts.
-- Both count from here on: what changed before was counted by each replica for itself.

-- Documents that commits linked or removed, one that changed twice counted twice.
alter table graph.generation add column changed_documents bigint not null default 0;

-- The same, as it was when the run began.
alter table graph.tuning_run add column changed_documents bigint not null default 0;
