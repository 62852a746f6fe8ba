-- What a list shows of a reviewed workflow, as JSON beside its record, as in D1. NULL for other decisions. Where it is missing
-- or older than its row, since a release before this one projected the review, the record is read.
ALTER TABLE workflows ADD COLUMN listed text;
