-- How far `npm run migrate:postgres` has come with each table, so that it goes on after a break; empty when no copy is under way.
CREATE TABLE copy_progress (
  direction text NOT NULL CHECK (direction IN ('forward', 'reverse')),
  table_name text NOT NULL,
  -- The last key that was copied, as a JSON array; NULL = the table's end was reached.
  position json,
  PRIMARY KEY (direction, table_name)
);
