-- A generation is written within minutes, faster than statistics follow. With the values that were
-- seen last, the planner takes one that it has not seen for empty, and joins all of it with all of
-- it: loading 20,000 documents took minutes, and each commit of edges read every edge. Without any
-- for this column it assumes a middling size, and uses whole keys.
alter table feature.document_state alter column generation_id set statistics 0;
alter table feature.chunk alter column generation_id set statistics 0;
alter table graph.node alter column generation_id set statistics 0;
alter table graph.neighbor alter column generation_id set statistics 0;
