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
  -- The head of the item's sales book: period, to which day it is complete; NULL = no sales.
  sales TEXT CHECK (sales IS NULL OR json_valid(sales)),
  -- Of a count of the newest one's day, for lists: when it was, the day on which the shelf is empty, the day on which
  -- an order of then arrives. Of the newest one itself where that is sold out before an order arrives
  -- (docs/storage.md).
  counted_at INTEGER,
  sold_out_on INTEGER,
  arrives_on INTEGER,
  -- When the shelf was empty, by the item's own counts: what a store learns leaves those days out; NULL = never.
  outages TEXT CHECK (outages IS NULL OR json_valid(outages)),
  PRIMARY KEY (store_id, product_id)
) STRICT, WITHOUT ROWID;

-- Sales in packed years; each row holds one year of an item's book (docs/storage.md).
CREATE TABLE sales (
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  packed TEXT NOT NULL CHECK (json_valid(packed)),
  PRIMARY KEY (store_id, product_id, year)
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
  status TEXT NOT NULL
    CHECK (status IN ('running', 'awaiting_human_review', 'completed', 'rejected', 'expired', 'superseded')),
  review_status TEXT CHECK (review_status IN ('pending', 'approved', 'rejected', 'modified', 'expired', 'superseded')),
  expires_at INTEGER,
  decided_at INTEGER,
  created_at INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record)),
  -- What the workflow counts for in the metrics, so that each is counted once, however often it is delivered.
  metrics TEXT CHECK (metrics IS NULL OR json_valid(metrics)),
  -- What a list shows of a reviewed workflow, so that the index below holds all of a page; NULL for other decisions.
  listed TEXT CHECK (listed IS NULL OR json_valid(listed)),
  CHECK ((review_status IS NULL) = (expires_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Only reviewed workflows are indexed, so that a decision on the statistical path writes no index entry.
CREATE INDEX workflows_reviewed
  ON workflows (review_status, expires_at, workflow_id, version, store_id, product_id, created_at, listed)
  WHERE review_status IS NOT NULL;

-- The inbox's history, newest answer first.
CREATE INDEX workflows_answered ON workflows (decided_at, workflow_id) WHERE decided_at IS NOT NULL;

-- Only workflows with parked effects are in it, so it costs nothing until one parks.
CREATE INDEX workflows_parked ON workflows (json_extract(metrics, '$.parked'))
  WHERE json_extract(metrics, '$.parked') > 0;

-- Only workflows that are running or have something to tell are in it: the sweep finds what should have been done long
-- ago.
CREATE INDEX workflows_due ON workflows (json_extract(metrics, '$.due')) WHERE json_extract(metrics, '$.due') > 0;

-- Only restocks that are on no purchase order are in it: people have to place those.
CREATE INDEX workflows_to_place ON workflows (json_extract(metrics, '$.toPlace'))
  WHERE json_extract(metrics, '$.toPlace') > 0;

-- API keys. A key's text is shown once and never stored: `digest` is its HMAC-SHA-256 under KEY_PEPPER.
-- Ids begin with their time of creation, so the primary key lists keys by age and no index is needed.
CREATE TABLE api_keys (
  key_id TEXT NOT NULL PRIMARY KEY CHECK (length(key_id) = 20),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_type(scopes) = 'array'),
  -- The stores that the key is bound to; NULL = all.
  stores TEXT CHECK (stores IS NULL OR json_type(stores) = 'array'),
  rate_class TEXT NOT NULL CHECK (rate_class IN ('standard', 'bulk')),
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER,
  -- A revoked key stays, so that the log can still say whose it was.
  revoked_at INTEGER,
  -- Full hours only: one write an hour and key at the most.
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;

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

-- The small families, one row a series, named as src/metrics/metric-names.ts names them.
CREATE TABLE counters (
  series TEXT NOT NULL PRIMARY KEY,
  value REAL NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

-- Webhook endpoints whose receiver answered 410 Gone: nothing more is sent there until somebody asks for it.
CREATE TABLE disabled_endpoints (
  url TEXT NOT NULL PRIMARY KEY,
  disabled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a sweep that walks a table in small steps goes on next time; '' = from the start.
CREATE TABLE sweep_positions (
  sweep TEXT NOT NULL PRIMARY KEY,
  position TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What decisions know of the world beside their items. `kind`: store, supplier, event, measure (of an event), season
-- and learned (seasons of a store, set by a user and learned); `facts` is the stored shape as JSON (docs/storage.md).
CREATE TABLE world (
  kind TEXT NOT NULL CHECK (kind IN ('store', 'supplier', 'event', 'measure', 'season', 'learned', 'person',
    'former_person', 'webhook', 'connection', 'seen')),
  id TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- A person is one principal (I18): two of one address, or of one Slack user, would be one with two sets of limits.
CREATE UNIQUE INDEX world_person_email ON world (json_extract(facts, '$.facts.email')) WHERE kind = 'person';
CREATE UNIQUE INDEX world_person_slack ON world (json_extract(facts, '$.facts.slackUser')) WHERE kind = 'person';

-- Answers of requests that came with an Idempotency-Key and concern no single item; `answer` NULL = still running.
CREATE TABLE answered_requests (
  request_key TEXT NOT NULL PRIMARY KEY,
  body_hash TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  status INTEGER,
  answer TEXT
) STRICT, WITHOUT ROWID;

-- Purchase orders as their objects have them: what lists show, and what the sweep, metrics and export read. The object
-- of the store and supplier is the truth; `record` is its order with all lines. `ended` says why an order was not sent.
CREATE TABLE purchase_orders (
  po_id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  supplier_id TEXT NOT NULL,
  status TEXT NOT NULL,
  order_by INTEGER NOT NULL,
  sent_at INTEGER,
  ended TEXT,
  parked INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record))
) STRICT, WITHOUT ROWID;

-- Lists go by due time, and the sweep looks for what is past it.
CREATE INDEX purchase_orders_due ON purchase_orders (order_by, po_id);

-- Who is signed in to the pages, and one-time links on their way. `session_id` and `token` are SHA-256 in hex: the
-- database holds no credential.
CREATE TABLE sessions (
  session_id TEXT NOT NULL CHECK (length(session_id) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('key', 'person')),
  subject TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (session_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_ins (
  token TEXT NOT NULL CHECK (length(token) = 64),
  person_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (token)
) STRICT, WITHOUT ROWID;
