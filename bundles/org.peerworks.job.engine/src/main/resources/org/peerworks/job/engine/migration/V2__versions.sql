-- Where each version of a job type stands that was ever here, and what operators chose.
CREATE TABLE type_version (
  type TEXT NOT NULL,
  version TEXT NOT NULL,
  health TEXT NOT NULL,
  reason TEXT NOT NULL,
  share INTEGER NOT NULL, -- percent of the new jobs
  chosen INTEGER NOT NULL, -- 1 for the one that takes all others
  ended INTEGER NOT NULL, -- of its first jobs
  failed INTEGER NOT NULL,
  PRIMARY KEY (type, version)
) WITHOUT ROWID;

-- What operators said about the worker as a whole.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The place of a job that was moved, among those of its priority; for all others it is their seq.
ALTER TABLE job ADD COLUMN place REAL;
