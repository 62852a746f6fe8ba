-- Webhook endpoints whose receiver answered 410 Gone: nothing more is sent there until somebody asks for it.
CREATE TABLE disabled_endpoints (
  url TEXT NOT NULL PRIMARY KEY,
  disabled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
