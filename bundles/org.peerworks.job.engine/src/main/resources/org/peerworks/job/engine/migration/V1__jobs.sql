-- Times are milliseconds since 1970. AUTOINCREMENT: a number is never given twice, even when the
-- newest rows were deleted.
CREATE TABLE job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  version TEXT NOT NULL,
  slots TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  owner_name TEXT NOT NULL,
  priority INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  timeout INTEGER NOT NULL,
  submitted INTEGER NOT NULL,
  started INTEGER,
  ended INTEGER,
  document TEXT
);
CREATE UNIQUE INDEX job_key ON job (owner_id, idempotency_key);
CREATE INDEX job_state ON job (state, seq);
CREATE INDEX job_owner ON job (owner_id, state, seq);

CREATE TABLE event (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL, -- its seq
  time INTEGER NOT NULL,
  kind TEXT NOT NULL,
  word TEXT NOT NULL,
  text TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL
);
CREATE INDEX event_job ON event (job, number);

CREATE TABLE output (
  job INTEGER NOT NULL, -- its seq
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (job, name)
) WITHOUT ROWID;
