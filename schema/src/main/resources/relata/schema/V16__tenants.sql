-- The wall between tenants in the database itself: whatever a statement of api-service asks for, it
-- sees and changes rows of the tenant alone that its connection was handed out for. The force makes
-- the tables' owner no exception; a migration that changes rows lifts it for its own transaction.
-- A connection that names no tenant is one of a replica from before there were others: it goes on
-- with the only one that there was. The next release may take that away.

alter table content.collection     enable row level security, force row level security;
alter table content.generation     enable row level security, force row level security;
alter table content.document       enable row level security, force row level security;
alter table content.query          enable row level security, force row level security;
alter table content.prompt         enable row level security, force row level security;
alter table content.provided_chunk enable row level security, force row level security;
alter table content.outbox         enable row level security, force row level security;
alter table content.api_key        enable row level security, force row level security;
alter table feature.document_state   enable row level security, force row level security;
alter table feature.chunk            enable row level security, force row level security;
alter table feature.description      enable row level security, force row level security;
alter table feature.generation_model enable row level security, force row level security;
alter table graph.node               enable row level security, force row level security;

create policy of_tenant on content.collection to relata_api
  using (tenant = coalesce(current_setting('relata.tenant', true), 'default'));
create policy of_tenant on content.api_key to relata_api
  using (tenant = coalesce(current_setting('relata.tenant', true), 'default'));
-- What is built in is everybody's, and nobody's to write.
create policy of_tenant_or_built_in on content.prompt for select to relata_api
  using (tenant is null or tenant = coalesce(current_setting('relata.tenant', true), 'default'));
create policy of_tenant on content.prompt for insert to relata_api
  with check (tenant = coalesce(current_setting('relata.tenant', true), 'default'));

-- The tables that are looked into here have policies themselves, which hold within these.
create policy of_tenant on content.generation to relata_api
  using (exists (select from content.collection c where c.id = collection_id));
create policy of_tenant on content.document to relata_api
  using (exists (select from content.collection c where c.id = collection_id));
create policy of_tenant on content.query to relata_api
  using (exists (select from content.collection c where c.id = collection_id));
create policy of_tenant on content.provided_chunk to relata_api
  using (exists (select from content.generation g where g.id = generation_id));

-- Events are written by requests; the relay, which is nobody's, reads them with its own role.
create policy of_tenant on content.outbox to relata_api
  using (subject = 'content.changed.' || coalesce(current_setting('relata.tenant', true), 'default'));

create policy of_tenant on feature.chunk for select to relata_api
  using (tenant = (select coalesce(current_setting('relata.tenant', true), 'default')));
create policy of_tenant on feature.description for select to relata_api
  using (tenant = (select coalesce(current_setting('relata.tenant', true), 'default')));
create policy of_tenant on feature.document_state for select to relata_api
  using (exists (select from content.generation g where g.id = generation_id));
create policy of_tenant on feature.generation_model for select to relata_api
  using (exists (select from content.generation g where g.id = generation_id));
create policy of_tenant on graph.node for select to relata_api
  using (exists (select from content.generation g where g.id = generation_id));

-- The services behind work for all tenants; what each may do at all is in its grants.
create policy of_all on content.collection
  to relata_worker, relata_graph, relata_background using (true);
create policy of_all on content.generation
  to relata_worker, relata_graph, relata_background using (true);
create policy of_all on content.document to relata_worker, relata_graph using (true);
create policy of_all on content.prompt to relata_worker using (true);
create policy of_all on content.provided_chunk to relata_worker, relata_background using (true);
create policy of_all on content.outbox to relata_background using (true);
create policy of_all on content.api_key to relata_background using (true);
create policy of_all on feature.document_state to relata_worker, relata_graph using (true);
create policy of_all on feature.chunk to relata_worker, relata_graph using (true);
create policy of_all on feature.description to relata_worker using (true);
create policy of_all on feature.generation_model to relata_worker using (true);
create policy of_all on graph.node to relata_graph using (true);
