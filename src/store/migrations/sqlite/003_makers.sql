-- 003: what a reading was made by and of, so that it can be made again.

-- Versions of what reads: sofar itself, the language model, the beats (hashes; '' where not known).
CREATE TABLE makers (
  id INTEGER PRIMARY KEY,
  reader TEXT NOT NULL,
  model TEXT NOT NULL,
  beats TEXT NOT NULL,
  UNIQUE (reader, model, beats)
) STRICT;
INSERT INTO makers (reader, model, beats) SELECT DISTINCT reader, '', '' FROM captures ORDER BY 1;

ALTER TABLE captures ADD COLUMN maker_id INTEGER REFERENCES makers (id);
UPDATE captures SET maker_id = (SELECT id FROM makers WHERE makers.reader = captures.reader);
ALTER TABLE captures DROP COLUMN reader;
CREATE INDEX captures_maker_id ON captures (maker_id);

-- What was known of a page beside its bytes: where it was captured, what HTTP called it, the day
-- that the user gave, and what a container (feed, archive) said. A row only where there is any.
CREATE TABLE circumstances (
  capture_id INTEGER PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
  guessed INTEGER NOT NULL,
  url TEXT,
  content_type TEXT,
  given TEXT,
  title TEXT,
  byline TEXT,
  outlet TEXT,
  published TEXT,
  updated TEXT
) STRICT;
-- Of older captures it is not known (guessed = 1); what was read stands in for it, where the page
-- is silent.
INSERT INTO circumstances (capture_id, guessed, url, given, title, outlet, published, updated)
  SELECT id, 1, url, CASE WHEN published_from = 'given' THEN published END, title, outlet,
         CASE WHEN published_from <> 'given' THEN published END, updated FROM captures;

-- How far a reading again of everything has come; no row when none is under way.
CREATE TABLE rereading (
  maker_id INTEGER NOT NULL REFERENCES makers (id),
  done_id INTEGER NOT NULL
) STRICT;
