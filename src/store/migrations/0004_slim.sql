-- What was read out of a document stands in its record, and nowhere else.
DROP TABLE citation;
DROP TABLE relation;
DROP TABLE task;
DROP TABLE note;

-- Words are written at the end of a batch: room for all of one, so that each batch makes one piece of the index.
INSERT INTO word (word, rank) VALUES ('hashsize', 16777216);
INSERT INTO spelling (spelling, rank) VALUES ('hashsize', 4194304);

-- What is concluded is concluded anew.
DROP TABLE work;
DROP TABLE evidence;
DROP TABLE unresolved;
UPDATE state SET value = 'stale' WHERE name = 'corpus';

CREATE TABLE work (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  -- Number and symbol in small ASCII letters, for looking it up.
  code TEXT,
  date TEXT,
  held INTEGER NOT NULL,
  -- All else that is known of it, as a JSON array.
  facts TEXT NOT NULL
);
CREATE INDEX work_code ON work (code) WHERE code IS NOT NULL;

-- Words of evidence that recur: cues, rules, confidences. Ids are places in the order of the words.
CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);

-- Places that state an edge; `citer` is the paper. `quote` is null where the paper's text is held and says it there;
-- `cue`, `rule` and `confidence` are terms.
CREATE TABLE evidence (
  edge INTEGER NOT NULL,
  position INTEGER NOT NULL,
  citer INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  section TEXT,
  quote TEXT,
  cue INTEGER,
  rule INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (edge, position)
) WITHOUT ROWID;

-- Mentions that lead to no work; candidates as JSON. `quote` as in evidence.
CREATE TABLE unresolved (
  id INTEGER PRIMARY KEY,
  citer INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  section TEXT,
  quote TEXT,
  reason TEXT NOT NULL,
  candidates TEXT NOT NULL
);
