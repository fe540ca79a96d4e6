-- 002: what questions need of a page, told once when it is added.
--
-- gist: the page's lists and what is told from its text, packed (src/gist/pack.c), so that a dossier
-- reads a page in one step. keys: by which names the page can be asked for, a word each
-- (src/gist/key.c). Both are made of the other columns and tables; `sofar doctor` compares them.
ALTER TABLE captures ADD COLUMN gist bytea;
ALTER TABLE captures ADD COLUMN keys text COLLATE "C";
-- Those of an older store that have none yet.
CREATE INDEX captures_without_gist ON captures (id) WHERE gist IS NULL;
CREATE INDEX captures_keys ON captures USING gin (string_to_array(keys, ' '));
