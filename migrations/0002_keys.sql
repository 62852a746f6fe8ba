-- API keys. A key's text is shown once and never stored: `digest` is its HMAC-SHA-256 under KEY_PEPPER.
-- Ids begin with their time of creation, so the primary key lists keys by age and no index is needed.
CREATE TABLE api_keys (
  key_id TEXT NOT NULL PRIMARY KEY CHECK (length(key_id) = 20),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_type(scopes) = 'array'),
  rate_class TEXT NOT NULL CHECK (rate_class IN ('standard', 'bulk')),
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER,
  -- A revoked key stays, so that the log can still say whose it was.
  revoked_at INTEGER,
  -- Full hours only: one write an hour and key at the most.
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
