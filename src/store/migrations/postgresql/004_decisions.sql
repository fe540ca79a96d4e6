-- What reviewers decided, one row a decision; nothing is ever changed or taken away: who takes a decision back adds one that says so.
-- `body` is the decision as doc/review.md has it, JSON.
CREATE TABLE decisions (
  id   text COLLATE "C" PRIMARY KEY, -- made of all that it says, so that the same one twice is one
  made text COLLATE "C" NOT NULL,    -- when, ISO 8601 in UTC
  who  text NOT NULL,
  body text NOT NULL
);

CREATE FUNCTION decisions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'decisions are only added';
END
$$;

CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON decisions
  FOR EACH ROW EXECUTE FUNCTION decisions_stay();
