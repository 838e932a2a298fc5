-- Who began an import, by account: a name can be somebody else's by now. An
-- import of before has an author only where nobody else can be meant.
ALTER TABLE contact_imports ADD COLUMN author_id TEXT;
UPDATE contact_imports SET author_id = (
    SELECT CASE WHEN COUNT(*) = 1 THEN MIN(accounts.id) END FROM accounts
    WHERE accounts.name = contact_imports.author
      AND accounts.created_at_millis <= contact_imports.begun_at_millis
);

-- What Genesys said of an interaction or a row, sealed: it may tell who it is
-- about. An empty text marks what an earlier version stored in the clear; the
-- start that follows seals it.
ALTER TABLE interactions ADD COLUMN sealed_words TEXT;
ALTER TABLE contact_import_rows ADD COLUMN sealed_words TEXT;
UPDATE interactions SET sealed_words = '' WHERE state = 'failed';
UPDATE contact_import_rows SET sealed_words = ''
    WHERE state = 'failed' AND message NOT LIKE 'Not sent:%';

-- What is replaced stays in the file until it is overwritten: the mark says that
-- it has to be.
INSERT INTO meta (name, value) SELECT 'clear-words', '' WHERE
    EXISTS (SELECT 1 FROM interactions WHERE sealed_words = '')
    OR EXISTS (SELECT 1 FROM contact_import_rows WHERE sealed_words = '')
    OR EXISTS (SELECT 1 FROM contact_imports WHERE note <> '');

-- Why an import waits or was paused is told to everybody. It is asked anew when
-- the import goes on.
UPDATE contact_imports SET note = CASE state
        WHEN 'paused' THEN 'Why it was paused is no longer known. Let it go on; if it stops again, it says why.'
        ELSE '' END
    WHERE note <> '';
