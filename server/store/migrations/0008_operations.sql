-- The scopes that a connection asks for, separated by blanks; none for all that
-- its client has.
ALTER TABLE connections ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
