-- What is concluded from all documents together; written anew each time. Ids are places in the order of keys.
CREATE TABLE work (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  -- Number and symbol in small ASCII letters, for looking it up.
  code TEXT,
  date TEXT,
  held INTEGER NOT NULL,
  -- The work as JSON.
  record TEXT NOT NULL
);
CREATE INDEX work_code ON work (code) WHERE code IS NOT NULL;

-- Where held works were found, for looking them up.
CREATE TABLE work_path (
  path TEXT NOT NULL,
  work INTEGER NOT NULL,
  PRIMARY KEY (path, work)
) WITHOUT ROWID;

-- `kind` is a place in the list of kinds, the most telling first.
CREATE TABLE edge (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  target INTEGER NOT NULL
);
CREATE INDEX edge_up ON edge (source, kind, target);
CREATE INDEX edge_down ON edge (target, kind, source);

-- Places that state an edge; `citer` is the paper.
CREATE TABLE evidence (
  edge INTEGER NOT NULL,
  position INTEGER NOT NULL,
  citer INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  section TEXT,
  quote TEXT NOT NULL,
  cue TEXT,
  rule TEXT NOT NULL,
  confidence TEXT NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (edge, position)
) WITHOUT ROWID;

CREATE TABLE citer (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  path TEXT NOT NULL,
  work INTEGER NOT NULL
);

-- Mentions that lead to no work; candidates as JSON.
CREATE TABLE unresolved (
  id INTEGER PRIMARY KEY,
  citer INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  section TEXT,
  quote TEXT NOT NULL,
  reason TEXT NOT NULL,
  candidates TEXT NOT NULL
);

-- What documents say differently of one work, as JSON.
CREATE TABLE conflict (
  key TEXT NOT NULL,
  field TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (key, field)
) WITHOUT ROWID;
