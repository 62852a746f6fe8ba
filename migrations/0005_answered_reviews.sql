-- The inbox's history, newest answer first. Only answered reviews are in it, so other decisions write no entry.
CREATE INDEX workflows_answered ON workflows (decided_at, workflow_id) WHERE decided_at IS NOT NULL;
