-- The contract between the services, kept by the database: each role writes its own schema and
-- reads of another's exactly what is named here.
grant usage on schema content to relata_api, relata_worker, relata_graph;
grant usage on schema feature to relata_worker, relata_graph, relata_api;
grant usage on schema graph to relata_graph, relata_api;

grant select, insert, update, delete on all tables in schema content to relata_api;
grant select, insert, update, delete on all tables in schema feature to relata_worker;
grant select, insert, update, delete on all tables in schema graph to relata_graph;

-- embedding-worker reads the text and the recipe.
grant select on content.collection, content.generation, content.document to relata_worker;

-- graph-service reads vectors, the text it searches and the recipe's edges; never a document.
grant select on content.collection, content.generation to relata_graph;
grant select on feature.document_state, feature.chunk to relata_graph;

-- api-service reads states and counts; never a vector.
grant select on feature.document_state to relata_api;
grant select on graph.node to relata_api;
