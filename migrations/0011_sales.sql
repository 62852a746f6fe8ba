-- Sales in packed years instead of a row a day. `items.sales` is the head of an item's book (period, to which day it is
-- complete), NULL = no sales; each row of `sales` holds one year of it (docs/storage.md).
DROP TABLE demand;

ALTER TABLE items ADD COLUMN sales TEXT CHECK (sales IS NULL OR json_valid(sales));

CREATE TABLE sales (
  store_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  packed TEXT NOT NULL CHECK (json_valid(packed)),
  PRIMARY KEY (store_id, product_id, year)
) STRICT, WITHOUT ROWID;

-- Answers of requests that came with an Idempotency-Key and concern no single item; `answer` NULL = still running.
CREATE TABLE answered_requests (
  request_key TEXT NOT NULL PRIMARY KEY,
  body_hash TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  status INTEGER,
  answer TEXT
) STRICT, WITHOUT ROWID;
