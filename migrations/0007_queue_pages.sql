-- What a list shows of a reviewed workflow, as JSON beside its record, so that the index below holds all of a page: the log
-- is a tree of records without rowids, as deep as it is long, and a page would look up each of its rows there. NULL for
-- other decisions, which still write no entry. Where it is missing or older than its row, since a release before this one
-- projected the review, the record is read.
ALTER TABLE workflows ADD COLUMN listed TEXT CHECK (listed IS NULL OR json_valid(listed));
DROP INDEX workflows_reviewed;
CREATE INDEX workflows_reviewed ON workflows (review_status, expires_at, workflow_id, version, store_id, product_id, created_at, listed)
  WHERE review_status IS NOT NULL;
