-- Who began an import, by account: a name can be somebody else's by now. An
-- import of before has an author only where nobody else can be meant.
ALTER TABLE contact_imports ADD COLUMN author_id TEXT;
UPDATE contact_imports SET author_id = (
    SELECT CASE WHEN COUNT(*) = 1 THEN MIN(accounts.id) END FROM accounts
    WHERE accounts.name = contact_imports.author
      AND accounts.created_at_millis <= contact_imports.begun_at_millis
);
