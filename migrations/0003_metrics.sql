-- Counters that survive isolates, evictions, crashes, repeated delivery and retention. A projected workflow carries what
-- it counts for (`metrics`); the batch that stores it first adds what the stored row had not counted yet. See
-- src/telemetry/counters.ts.

ALTER TABLE workflows ADD COLUMN metrics TEXT CHECK (metrics IS NULL OR json_valid(metrics));

-- Only workflows with parked effects are in it, so it costs nothing until one parks.
CREATE INDEX workflows_parked ON workflows (json_extract(metrics, '$.parked')) WHERE json_extract(metrics, '$.parked') > 0;

-- The first 500 distinct products have a label of their own; the rest count in slot 0, `other`.
CREATE TABLE metric_products (
  slot INTEGER PRIMARY KEY CHECK (slot BETWEEN 1 AND 500),
  product_id TEXT NOT NULL UNIQUE CHECK (product_id <> 'other')
) STRICT;

-- One row a product label and action: the latency histogram (buckets are not cumulative), how the decisions came about,
-- and the last confidence; so a decision on the statistical path costs the metrics one row written.
-- Bucket columns are named by their upper bound in milliseconds, as LATENCY_BUCKETS_MS has them.
CREATE TABLE decision_stats (
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 500),
  action TEXT NOT NULL CHECK (action IN ('restock', 'hold')),
  le_10 INTEGER NOT NULL CHECK (le_10 >= 0),
  le_25 INTEGER NOT NULL CHECK (le_25 >= 0),
  le_50 INTEGER NOT NULL CHECK (le_50 >= 0),
  le_100 INTEGER NOT NULL CHECK (le_100 >= 0),
  le_250 INTEGER NOT NULL CHECK (le_250 >= 0),
  le_500 INTEGER NOT NULL CHECK (le_500 >= 0),
  le_1000 INTEGER NOT NULL CHECK (le_1000 >= 0),
  le_2500 INTEGER NOT NULL CHECK (le_2500 >= 0),
  le_10000 INTEGER NOT NULL CHECK (le_10000 >= 0),
  le_60000 INTEGER NOT NULL CHECK (le_60000 >= 0),
  le_inf INTEGER NOT NULL CHECK (le_inf >= 0),
  completed INTEGER NOT NULL CHECK (completed >= 0),
  approved INTEGER NOT NULL CHECK (approved >= 0),
  modified INTEGER NOT NULL CHECK (modified >= 0),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  expired INTEGER NOT NULL CHECK (expired >= 0),
  latency_sum_ms REAL NOT NULL CHECK (latency_sum_ms >= 0),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (slot, action)
) STRICT, WITHOUT ROWID;

-- The small families, one row a series, named as src/telemetry/metric-names.ts names them.
CREATE TABLE counters (
  series TEXT NOT NULL PRIMARY KEY,
  value REAL NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;
