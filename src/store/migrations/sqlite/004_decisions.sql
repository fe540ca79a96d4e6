-- What reviewers decided, one row a decision; nothing is ever changed or taken away: who takes a decision back adds one that says so.
-- `body` is the decision as doc/review.md has it, JSON.
CREATE TABLE decisions (
  id   TEXT NOT NULL PRIMARY KEY, -- made of all that it says, so that the same one twice is one
  made TEXT NOT NULL,             -- when, ISO 8601 in UTC
  who  TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN
  SELECT RAISE(ABORT, 'decisions are only added');
END;

CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
BEGIN
  SELECT RAISE(ABORT, 'decisions are only added');
END;
