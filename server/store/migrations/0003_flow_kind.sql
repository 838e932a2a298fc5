-- What sort of flow it is, so that lists and references need not read it.
ALTER TABLE flows ADD COLUMN kind TEXT NOT NULL DEFAULT 'lookup';
