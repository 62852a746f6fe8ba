-- The tables of migrations/0001_init.sql as PostgreSQL has them, applied by `npm run migrate:postgres`.
-- Texts are compared by their bytes (COLLATE "C"), as D1 does: pages by key come in the same order on both. JSON
-- columns are `json` and not `jsonb`, which keeps the stored text to the letter and takes an escaped NUL.

CREATE TABLE items (
  store_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  object_id text COLLATE "C" NOT NULL CHECK (length(object_id) = 64),
  inputs_version bigint NOT NULL DEFAULT 0 CHECK (inputs_version >= 0),
  terms json,
  sales json,
  counted_at bigint,
  sold_out_on bigint,
  arrives_on bigint,
  outages text,
  PRIMARY KEY (store_id, product_id)
);

CREATE TABLE sales (
  store_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  year bigint NOT NULL,
  packed json NOT NULL,
  PRIMARY KEY (store_id, product_id, year)
);

CREATE TABLE forecasts (
  store_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  chunk bigint NOT NULL CHECK (chunk >= 0),
  uploaded_at bigint NOT NULL,
  points json NOT NULL,
  PRIMARY KEY (store_id, product_id, chunk)
);

CREATE TABLE workflows (
  workflow_id text COLLATE "C" NOT NULL PRIMARY KEY,
  version bigint NOT NULL CHECK (version > 0),
  store_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL
    CHECK (status IN ('running', 'awaiting_human_review', 'completed', 'rejected', 'expired', 'superseded')),
  review_status text COLLATE "C"
    CHECK (review_status IN ('pending', 'approved', 'rejected', 'modified', 'expired', 'superseded')),
  expires_at bigint,
  decided_at bigint,
  created_at bigint NOT NULL,
  record json NOT NULL,
  metrics json,
  listed text,
  CHECK ((review_status IS NULL) = (expires_at IS NULL))
);

CREATE INDEX workflows_reviewed ON workflows (review_status, expires_at, workflow_id) WHERE review_status IS NOT NULL;
CREATE INDEX workflows_answered ON workflows (decided_at, workflow_id) WHERE decided_at IS NOT NULL;
CREATE INDEX workflows_parked ON workflows (((metrics ->> 'parked')::bigint)) WHERE (metrics ->> 'parked')::bigint > 0;
CREATE INDEX workflows_due ON workflows (((metrics ->> 'due')::bigint)) WHERE (metrics ->> 'due')::bigint > 0;
CREATE INDEX workflows_to_place ON workflows (((metrics ->> 'toPlace')::bigint))
  WHERE (metrics ->> 'toPlace')::bigint > 0;

CREATE TABLE api_keys (
  key_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(key_id) = 20),
  digest text COLLATE "C" NOT NULL CHECK (length(digest) = 64),
  name text COLLATE "C" NOT NULL,
  scopes json NOT NULL CHECK (json_typeof(scopes) = 'array'),
  stores json CHECK (stores IS NULL OR json_typeof(stores) = 'array'),
  rate_class text COLLATE "C" NOT NULL CHECK (rate_class IN ('standard', 'bulk')),
  created_at bigint NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint
);

CREATE TABLE metric_products (
  slot bigint NOT NULL PRIMARY KEY CHECK (slot BETWEEN 1 AND 500),
  product_id text COLLATE "C" NOT NULL UNIQUE CHECK (product_id <> 'other')
);

CREATE TABLE decision_stats (
  slot bigint NOT NULL CHECK (slot BETWEEN 0 AND 500),
  action text COLLATE "C" NOT NULL CHECK (action IN ('restock', 'hold')),
  le_10 bigint NOT NULL CHECK (le_10 >= 0),
  le_25 bigint NOT NULL CHECK (le_25 >= 0),
  le_50 bigint NOT NULL CHECK (le_50 >= 0),
  le_100 bigint NOT NULL CHECK (le_100 >= 0),
  le_250 bigint NOT NULL CHECK (le_250 >= 0),
  le_500 bigint NOT NULL CHECK (le_500 >= 0),
  le_1000 bigint NOT NULL CHECK (le_1000 >= 0),
  le_2500 bigint NOT NULL CHECK (le_2500 >= 0),
  le_10000 bigint NOT NULL CHECK (le_10000 >= 0),
  le_60000 bigint NOT NULL CHECK (le_60000 >= 0),
  le_inf bigint NOT NULL CHECK (le_inf >= 0),
  completed bigint NOT NULL CHECK (completed >= 0),
  approved bigint NOT NULL CHECK (approved >= 0),
  modified bigint NOT NULL CHECK (modified >= 0),
  rejected bigint NOT NULL CHECK (rejected >= 0),
  expired bigint NOT NULL CHECK (expired >= 0),
  latency_sum_ms double precision NOT NULL CHECK (latency_sum_ms >= 0),
  confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  decided_at bigint NOT NULL,
  PRIMARY KEY (slot, action)
);

CREATE TABLE counters (
  series text COLLATE "C" NOT NULL PRIMARY KEY,
  value double precision NOT NULL CHECK (value >= 0)
);

CREATE TABLE disabled_endpoints (
  url text COLLATE "C" NOT NULL PRIMARY KEY,
  disabled_at bigint NOT NULL
);

CREATE TABLE sweep_positions (
  sweep text COLLATE "C" NOT NULL PRIMARY KEY,
  position text COLLATE "C" NOT NULL
);

CREATE TABLE world (
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('store', 'supplier', 'event', 'measure', 'season', 'learned', 'person',
    'former_person', 'webhook', 'connection', 'seen')),
  id text COLLATE "C" NOT NULL,
  facts json NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE UNIQUE INDEX world_person_email ON world ((facts -> 'facts' ->> 'email')) WHERE kind = 'person';
CREATE UNIQUE INDEX world_person_slack ON world ((facts -> 'facts' ->> 'slackUser')) WHERE kind = 'person';

CREATE TABLE answered_requests (
  request_key text COLLATE "C" NOT NULL PRIMARY KEY,
  body_hash text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  status bigint,
  answer text COLLATE "C"
);

CREATE TABLE purchase_orders (
  po_id text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  store_id text COLLATE "C" NOT NULL,
  supplier_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  order_by bigint NOT NULL,
  sent_at bigint,
  ended text COLLATE "C",
  parked bigint NOT NULL,
  updated_at bigint NOT NULL,
  record json NOT NULL
);

CREATE INDEX purchase_orders_due ON purchase_orders (order_by, po_id);

-- How far `npm run migrate:postgres` has come with each table, so that it goes on after a break; empty when no copy is
-- under way.
CREATE TABLE copy_progress (
  direction text NOT NULL CHECK (direction IN ('forward', 'reverse')),
  table_name text NOT NULL,
  -- The last key that was copied, as a JSON array; NULL = the table's end was reached.
  position json,
  PRIMARY KEY (direction, table_name)
);

CREATE TABLE sessions (
  session_id text COLLATE "C" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);

CREATE TABLE sign_ins (
  token text COLLATE "C" PRIMARY KEY,
  person_id text COLLATE "C" NOT NULL,
  sender text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL
);
