-- One row for each file of the archive that was looked at. `rules` is the fingerprint of the rules it was read with;
-- `hash` is the SHA-256 of its bytes, null where it holds a classified paper.
CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  rules INTEGER NOT NULL,
  hash BLOB
);
CREATE INDEX file_hash ON file (hash) WHERE hash IS NOT NULL;

-- One row for each content. Several files may hold it (`source`); several contents may be one work (a plan as DOCX and
-- as PDF): `main` is 1 for the one that answers for the work.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  work TEXT NOT NULL,
  main INTEGER NOT NULL DEFAULT 0,
  rules INTEGER NOT NULL,
  code TEXT,
  number TEXT,
  notation TEXT,
  type TEXT,
  issuer_id TEXT,
  issuer TEXT,
  province TEXT,
  date TEXT,
  subject TEXT,
  urgency TEXT,
  secrecy TEXT,
  format TEXT NOT NULL,
  ocr INTEGER NOT NULL,
  citations INTEGER NOT NULL,
  tasks INTEGER NOT NULL,
  questions INTEGER NOT NULL
);
CREATE INDEX document_work ON document (work);
CREATE INDEX document_date ON document (date);

-- Text and record of a document: zstd of the text followed by the record as JSON without the text and the path.
CREATE TABLE content (
  document INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
  text_bytes INTEGER NOT NULL,
  zstd BLOB NOT NULL
);

-- Where documents were found: in a file, or inside one under a name (`inner`, with its `!`). A classified paper has no
-- document, only its mark.
CREATE TABLE source (
  file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  inner TEXT NOT NULL,
  document INTEGER REFERENCES document (id),
  mark TEXT,
  PRIMARY KEY (file, inner)
) WITHOUT ROWID;
CREATE INDEX source_document ON source (document);

-- What could not be read.
CREATE TABLE failure (
  file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
  inner TEXT NOT NULL,
  cause TEXT NOT NULL,
  message TEXT NOT NULL,
  remedy TEXT NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (file, inner)
) WITHOUT ROWID;

-- Positions count from 0 in the order of the record.
CREATE TABLE citation (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  form TEXT NOT NULL,
  type TEXT,
  code TEXT,
  date TEXT,
  key TEXT,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX citation_key ON citation (key) WHERE key IS NOT NULL;

-- `source` is null where the document itself is meant; else source and target are positions of citations.
CREATE TABLE relation (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  source INTEGER,
  type TEXT NOT NULL,
  target INTEGER NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE task (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  due TEXT,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE note (
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- Words without diacritics, with their places; row ids are those of the documents.
CREATE VIRTUAL TABLE word USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'ascii');
-- Words with diacritics, each once, spelled as typed (Telex).
CREATE VIRTUAL TABLE spelling USING fts5 (word, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

-- What holds for the store as a whole.
CREATE TABLE state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
