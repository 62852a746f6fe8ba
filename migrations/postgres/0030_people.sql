-- Who is signed in to the pages, and one-time links; see migrations/0030_people.sql.
CREATE TABLE sessions (
  session_id text COLLATE "C" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL
);

CREATE TABLE sign_ins (
  token text COLLATE "C" PRIMARY KEY,
  person_id text COLLATE "C" NOT NULL,
  sender text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL
);
