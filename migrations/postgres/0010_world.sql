-- What decisions know of the world beside their items; see migrations/0010_world.sql.
CREATE TABLE world (
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('store', 'supplier', 'event', 'measure', 'season', 'learned', 'person', 'former_person', 'webhook', 'connection', 'seen')),
  id text COLLATE "C" NOT NULL,
  facts json NOT NULL,
  PRIMARY KEY (kind, id)
);
