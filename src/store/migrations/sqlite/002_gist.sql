-- 002: what questions need of a page, told once when it is added.
--
-- gist: the page's lists and what is told from its text, packed (src/gist/pack.c), so that a dossier
-- reads a page in one step. keys: by which names the page can be asked for, a word each
-- (src/gist/key.c). Both are made of the other columns and tables; `sofar doctor` compares them.
ALTER TABLE captures ADD COLUMN gist BLOB;
ALTER TABLE captures ADD COLUMN keys TEXT;
-- Those of an older store that have none yet.
CREATE INDEX captures_without_gist ON captures (id) WHERE gist IS NULL;

CREATE VIRTUAL TABLE captures_keys USING fts5 (
  keys, content = 'captures', content_rowid = 'id', tokenize = 'ascii', detail = none, columnsize = 0
);
CREATE TRIGGER captures_keys_insert AFTER INSERT ON captures WHEN new.keys IS NOT NULL BEGIN
  INSERT INTO captures_keys (rowid, keys) VALUES (new.id, new.keys);
END;
CREATE TRIGGER captures_keys_delete AFTER DELETE ON captures WHEN old.keys IS NOT NULL BEGIN
  INSERT INTO captures_keys (captures_keys, rowid, keys) VALUES ('delete', old.id, old.keys);
END;
CREATE TRIGGER captures_keys_update AFTER UPDATE OF id, keys ON captures
  WHEN new.keys IS NOT old.keys OR new.id IS NOT old.id BEGIN
  INSERT INTO captures_keys (captures_keys, rowid, keys)
    SELECT 'delete', old.id, old.keys WHERE old.keys IS NOT NULL;
  INSERT INTO captures_keys (rowid, keys) SELECT new.id, new.keys WHERE new.keys IS NOT NULL;
END;
