-- What is stale is looked for one collection at a time, oldest first: the order of all documents
-- over all collections, which nothing asks for any more, would have to be read for each of them.
create index document_by_age on content.document (collection_id, updated_at, id);
drop index content.document_updated_at_idx;
