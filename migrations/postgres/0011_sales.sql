-- Sales in packed years; see migrations/0011_sales.sql.
DROP TABLE demand;

ALTER TABLE items ADD COLUMN sales json;

CREATE TABLE sales (
  store_id text COLLATE "C" NOT NULL,
  product_id text COLLATE "C" NOT NULL,
  year bigint NOT NULL,
  packed json NOT NULL,
  PRIMARY KEY (store_id, product_id, year)
);

CREATE TABLE answered_requests (
  request_key text COLLATE "C" NOT NULL PRIMARY KEY,
  body_hash text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  status bigint,
  answer text COLLATE "C"
);
