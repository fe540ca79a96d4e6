-- 001: captures, the originals they were read from, and what was read on them.
--
-- A span is a pair of byte offsets into captures.text (UTF-8), half open. SQLite's substr counts
-- characters, so cut bytes: CAST(substr(CAST(text AS BLOB), span_begin + 1, span_end - span_begin)
-- AS TEXT), as the views below do.

-- The bytes as they came, once each, as a zstd frame.
CREATE TABLE originals (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  length INTEGER NOT NULL,
  zstd BLOB NOT NULL
) STRICT;

-- One reading of one page.
CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  original_id INTEGER NOT NULL REFERENCES originals (id),
  title TEXT,
  outlet TEXT,
  published TEXT,
  published_from TEXT NOT NULL,
  updated TEXT,
  captured TEXT,
  url TEXT,
  file TEXT,
  lang TEXT,
  reader TEXT NOT NULL,
  identity BLOB NOT NULL UNIQUE,
  text TEXT NOT NULL,
  source_map BLOB NOT NULL
) STRICT;
CREATE INDEX captures_original_id ON captures (original_id);
CREATE INDEX captures_url ON captures (url);
CREATE INDEX captures_published ON captures (published);

CREATE TABLE bylines (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX bylines_capture_id ON bylines (capture_id);

-- What was odd about the page.
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX notes_capture_id ON notes (capture_id);

CREATE TABLE blocks (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX blocks_capture_id ON blocks (capture_id);

-- Whom or what one page speaks about.
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL
) STRICT;
CREATE INDEX subjects_capture_id ON subjects (capture_id);
CREATE INDEX subjects_name ON subjects (name COLLATE NOCASE);

CREATE TABLE aliases (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  alias TEXT NOT NULL
) STRICT;
CREATE INDEX aliases_subject_id ON aliases (subject_id);

-- The places where a page names a subject.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  form TEXT NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX names_subject_id ON names (subject_id);

-- TIMEX3 time expressions.
CREATE TABLE times (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  value TEXT,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX times_capture_id ON times (capture_id);

-- Quotations. text: the pieces of quote_spans joined by ' ... '. said_when and to_id are the
-- contract's "when" and "to", which SQL reserves; likewise facts.happened and by_id below.
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  speaker_id INTEGER REFERENCES subjects (id),
  to_id INTEGER REFERENCES subjects (id),
  via TEXT,
  said_when TEXT,
  speaker_begin INTEGER,
  speaker_end INTEGER,
  cue_begin INTEGER,
  cue_end INTEGER
) STRICT;
CREATE INDEX quotes_capture_id ON quotes (capture_id);
CREATE INDEX quotes_speaker_id ON quotes (speaker_id);
CREATE INDEX quotes_to_id ON quotes (to_id);

CREATE TABLE quote_spans (
  id INTEGER PRIMARY KEY,
  quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_spans_quote_id ON quote_spans (quote_id);

-- Typed events and credits, by the beats. by_id: who says so.
CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  happened TEXT,
  by_id INTEGER REFERENCES subjects (id)
) STRICT;
CREATE INDEX facts_capture_id ON facts (capture_id);
CREATE INDEX facts_by_id ON facts (by_id);

-- Who or what plays a part in a fact: a subject or a plain value.
CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  fact_id INTEGER NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  subject_id INTEGER REFERENCES subjects (id),
  value TEXT
) STRICT;
CREATE INDEX roles_fact_id ON roles (fact_id);
CREATE INDEX roles_subject_id ON roles (subject_id);

-- The places that say the fact.
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  fact_id INTEGER NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX receipts_fact_id ON receipts (fact_id);

-- Search over titles and texts; holds no copy of them.
CREATE VIRTUAL TABLE captures_fts USING fts5 (
  title, text, content = 'captures', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER captures_fts_insert AFTER INSERT ON captures BEGIN
  INSERT INTO captures_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER captures_fts_delete AFTER DELETE ON captures BEGIN
  INSERT INTO captures_fts (captures_fts, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER captures_fts_update AFTER UPDATE OF id, title, text ON captures BEGIN
  INSERT INTO captures_fts (captures_fts, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO captures_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIEW quotes_with_sources AS
  SELECT quotes.id, captures.published, speakers.name AS speaker, quotes.text AS quote, quotes.kind,
         quotes.via, quotes.said_when, captures.outlet, captures.title, captures.url, captures.file,
         captures.id AS capture_id
    FROM quotes
    JOIN captures ON captures.id = quotes.capture_id
    LEFT JOIN subjects AS speakers ON speakers.id = quotes.speaker_id;

-- A row a role.
CREATE VIEW facts_with_sources AS
  SELECT facts.id, facts.type, facts.status, facts.happened, roles.role,
         coalesce(subjects.name, roles.value) AS value, captures.published, captures.outlet,
         captures.title, captures.url, captures.file, captures.id AS capture_id
    FROM facts
    JOIN captures ON captures.id = facts.capture_id
    LEFT JOIN roles ON roles.fact_id = facts.id
    LEFT JOIN subjects ON subjects.id = roles.subject_id;

CREATE VIEW times_with_sources AS
  SELECT times.id, times.value, times.type,
         CAST(substr(CAST(captures.text AS BLOB), times.span_begin + 1,
                     times.span_end - times.span_begin) AS TEXT) AS exact,
         captures.published, captures.outlet, captures.title, captures.url, captures.file,
         captures.id AS capture_id
    FROM times JOIN captures ON captures.id = times.capture_id;

CREATE VIEW names_with_sources AS
  SELECT names.id, subjects.name AS subject, subjects.type, names.form,
         CAST(substr(CAST(captures.text AS BLOB), names.span_begin + 1,
                     names.span_end - names.span_begin) AS TEXT) AS exact,
         captures.published, captures.outlet, captures.title, captures.url, captures.file,
         captures.id AS capture_id
    FROM names
    JOIN subjects ON subjects.id = names.subject_id
    JOIN captures ON captures.id = subjects.capture_id;

-- The captures of each URL, oldest first.
CREATE VIEW versions AS
  SELECT captures.url,
         row_number() OVER (PARTITION BY captures.url
                            ORDER BY coalesce(captures.captured, captures.updated,
                                              captures.published), originals.sha256) AS version,
         captures.title, captures.published, captures.updated, captures.captured,
         captures.id AS capture_id
    FROM captures JOIN originals ON originals.id = captures.original_id
   WHERE captures.url IS NOT NULL;
