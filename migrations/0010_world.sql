-- What decisions know of the world beside their items. `kind`: store, supplier, event, measure (of an event), season and learned (seasons of a
-- store, set by a user and learned); `facts` is the stored shape as JSON (docs/storage.md).
CREATE TABLE world (
  kind TEXT NOT NULL CHECK (kind IN ('store', 'supplier', 'event', 'measure', 'season', 'learned', 'person', 'former_person', 'webhook', 'connection', 'seen')),
  id TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
