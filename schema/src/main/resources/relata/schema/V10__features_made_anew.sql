-- Features may be made anew at a version that they were made from before: that is what a document's
-- request is for. What is stored, and what is linked, is therefore told by version and request.

-- The request that the stored chunks were made for; it lags behind request as stored_version does
-- behind version.
alter table feature.document_state add column stored_request bigint not null default 0;
update feature.document_state set stored_request = request
 where state in ('ready', 'skipped') and request > 0;

-- The request that the features were made for. What was linked before this column was there counts
-- as made for the first, and is linked anew if it was not.
alter table graph.node add column request bigint not null default 0;
