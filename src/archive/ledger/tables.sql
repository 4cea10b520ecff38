CREATE TABLE way (
  -- How snapshots are read: whatever changes what comes of the same bytes.
  digest TEXT PRIMARY KEY,
  tool TEXT NOT NULL,
  program TEXT NOT NULL,
  profiles TEXT NOT NULL,
  options TEXT NOT NULL
);
CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  -- What the system said of its file; empty where that would not tell a change.
  stamp TEXT NOT NULL,
  -- BLAKE3 of its bytes.
  hash TEXT NOT NULL,
  way TEXT NOT NULL,
  outcome TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  -- Hash of the columns before; a row that does not match it is passed over.
  seal BLOB NOT NULL
);
CREATE TABLE extraction (
  -- The snapshot.
  id INTEGER PRIMARY KEY,
  -- What was read of it, deflated.
  packed BLOB NOT NULL
);
CREATE TABLE run (
  -- Hash of all that the files of the last whole run were made of.
  digest TEXT NOT NULL,
  -- The files and what the system said of them, and what was printed.
  record BLOB NOT NULL,
  seal BLOB NOT NULL
);
