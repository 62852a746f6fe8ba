-- Purchase orders as their objects have them: what lists show, and what the sweep, metrics and export read. The object of the
-- store and supplier is the truth; `record` is its order with all lines. `ended` says why an order was not sent.
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
