-- Items, what is uploaded about them, and the projection of their workflows.
-- Keys are TEXT and the tables WITHOUT ROWID, so that a row costs one write and not a second one for a key index.

-- The registry of items: from it the projections can be rebuilt by asking each object. `inputs_version` is raised by
-- every upload of settings, history or forecast; `terms` holds the settings as JSON, NULL = none stored.
CREATE TABLE items (
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  object_id TEXT NOT NULL CHECK (length(object_id) = 64),
  inputs_version INTEGER NOT NULL DEFAULT 0 CHECK (inputs_version >= 0),
  terms TEXT CHECK (terms IS NULL OR json_valid(terms)),
  PRIMARY KEY (store_id, product_id)
) STRICT, WITHOUT ROWID;

-- Units sold a day; `day` counts days since 1970-01-01. in_stock 0 = the units are censored.
CREATE TABLE demand (
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  units REAL NOT NULL CHECK (units >= 0),
  in_stock INTEGER NOT NULL DEFAULT 1 CHECK (in_stock IN (0, 1)),
  PRIMARY KEY (store_id, product_id, day)
) STRICT, WITHOUT ROWID;

-- An uploaded forecast in chunks of points (JSON), since a row is capped at 2 MB.
CREATE TABLE forecasts (
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  chunk INTEGER NOT NULL CHECK (chunk >= 0),
  uploaded_at INTEGER NOT NULL,
  points TEXT NOT NULL CHECK (json_valid(points)),
  PRIMARY KEY (store_id, product_id, chunk)
) STRICT, WITHOUT ROWID;

-- The newest known version of every workflow: review queue and decision log in one. `record` is the stored Workflow.
CREATE TABLE workflows (
  workflow_id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'awaiting_human_review', 'completed', 'rejected', 'expired', 'superseded')),
  review_status TEXT CHECK (review_status IN ('pending', 'approved', 'rejected', 'modified', 'expired', 'superseded')),
  expires_at INTEGER,
  decided_at INTEGER,
  created_at INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record)),
  CHECK ((review_status IS NULL) = (expires_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Only reviewed workflows are indexed, so that a decision on the statistical path writes no index entry.
CREATE INDEX workflows_reviewed ON workflows (review_status, expires_at, workflow_id) WHERE review_status IS NOT NULL;
