-- Where a sweep that walks a table in small steps goes on next time; '' = from the start.
CREATE TABLE sweep_positions (
  sweep TEXT NOT NULL PRIMARY KEY,
  position TEXT NOT NULL
) STRICT, WITHOUT ROWID;
