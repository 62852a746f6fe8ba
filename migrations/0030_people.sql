-- Who is signed in to the pages, and one-time links on their way. `session_id` and `token` are SHA-256 in hex: the database holds no credential.
CREATE TABLE sessions (
  session_id TEXT NOT NULL CHECK (length(session_id) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('key', 'person')),
  subject TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (session_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_ins (
  token TEXT NOT NULL CHECK (length(token) = 64),
  person_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (token)
) STRICT, WITHOUT ROWID;
