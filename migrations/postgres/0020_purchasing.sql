-- Purchase orders as their objects have them; see migrations/0020_purchasing.sql.
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
