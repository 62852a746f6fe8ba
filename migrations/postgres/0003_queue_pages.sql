-- What a list shows of a reviewed workflow, as JSON beside its record, as in D1. NULL for other decisions, and for reviews
-- that a release before this one projected, whose records are read.
ALTER TABLE workflows ADD COLUMN listed text;
