-- graph-service filters searches by the metadata of documents. Of a document it reads this and
-- nothing else: what it searches is what was derived.
grant select (id, metadata) on content.document to relata_graph;
