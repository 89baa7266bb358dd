-- Parties of duties, each as resolved, once.
CREATE TABLE body (
  id INTEGER PRIMARY KEY,
  record TEXT NOT NULL UNIQUE
);

-- One row for each duty. `due` is the last day on time, as later papers moved it; `rhythm` the rule of a recurring one,
-- with `<` before it where the day named is too late itself; `mark` tells whether the text changed.
CREATE TABLE duty (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  task TEXT NOT NULL,
  due TEXT,
  rhythm TEXT,
  mark TEXT NOT NULL
);
CREATE UNIQUE INDEX duty_place ON duty (document, position);
CREATE INDEX duty_task ON duty (task);
CREATE INDEX duty_due ON duty (due, task) WHERE due IS NOT NULL;
CREATE INDEX duty_rhythm ON duty (rhythm, task) WHERE rhythm IS NOT NULL;
CREATE INDEX duty_undated ON duty (task) WHERE due IS NULL AND rhythm IS NULL;

-- `role` is 0 for who leads, 1 for who cooperates.
CREATE TABLE duty_party (
  body INTEGER NOT NULL REFERENCES body (id),
  duty INTEGER NOT NULL REFERENCES duty (id) ON DELETE CASCADE,
  role INTEGER NOT NULL,
  PRIMARY KEY (body, duty, role)
) WITHOUT ROWID;
CREATE INDEX duty_party_duty ON duty_party (duty);

-- What a document says of deadlines in others: it moves one there (`moves` 1), or counts from the date of one (0).
CREATE TABLE deadline_tie (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  moves INTEGER NOT NULL,
  key TEXT,
  code TEXT NOT NULL
);
CREATE INDEX deadline_tie_document ON deadline_tie (document);

-- Documents whose deadlines follow from another one, too; redone after each ingest.
CREATE TABLE deadline_from (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  PRIMARY KEY (document, other)
) WITHOUT ROWID;
CREATE INDEX deadline_from_other ON deadline_from (other);

-- What the office notes, by the stable id of the task: nothing here hangs on a document, so it outlives every ingest.
-- `occurrence` is the day of a recurring task that is meant, or empty.
CREATE TABLE task_state (
  task TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  progress TEXT NOT NULL,
  done_on TEXT,
  assignee TEXT,
  mark TEXT NOT NULL,
  PRIMARY KEY (task, occurrence)
) WITHOUT ROWID;

-- Every deed, in order; remarks are deeds, too.
CREATE TABLE task_history (
  id INTEGER PRIMARY KEY,
  task TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  at TEXT NOT NULL,
  deed TEXT NOT NULL,
  value TEXT
);
CREATE INDEX task_history_task ON task_history (task);
