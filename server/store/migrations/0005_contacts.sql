-- The id is a keyed hash of the connection and the contact's own id: it finds
-- the contact and tells nobody who it is. What is personal is sealed.
CREATE TABLE contacts (
    id                      TEXT PRIMARY KEY,
    connection_id           TEXT NOT NULL,
    connection_name         TEXT NOT NULL,
    stage                   TEXT NOT NULL,
    sealed_record           TEXT NOT NULL,
    registered_by           TEXT NOT NULL,
    registered_at_millis    BIGINT NOT NULL,
    checked_at_millis       BIGINT,
    creation_latency_millis BIGINT
);
CREATE INDEX contacts_by_time ON contacts (registered_at_millis, id);
CREATE INDEX contacts_by_stage ON contacts (stage);

-- The intent before the call, the outcome after it.
CREATE TABLE interactions (
    id                TEXT PRIMARY KEY,
    contact_id        TEXT NOT NULL REFERENCES contacts (id),
    click_key         TEXT NOT NULL,
    channel           TEXT NOT NULL,
    state             TEXT NOT NULL,
    conversation_id   TEXT,
    latency_millis    BIGINT,
    notice_json       TEXT NOT NULL,
    started_by        TEXT NOT NULL,
    started_at_millis BIGINT NOT NULL,
    UNIQUE (contact_id, click_key)
);
CREATE INDEX interactions_by_state ON interactions (state);

CREATE TABLE contact_imports (
    id              TEXT PRIMARY KEY,
    click_key       TEXT NOT NULL UNIQUE,
    connection_id   TEXT NOT NULL,
    connection_name TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    author          TEXT NOT NULL,
    begun_at_millis BIGINT NOT NULL,
    ended_at_millis BIGINT,
    state           TEXT NOT NULL,
    note            TEXT NOT NULL,
    -- The names of the columns and what each is.
    sealed_head     TEXT NOT NULL
);
CREATE INDEX contact_imports_by_time ON contact_imports (begun_at_millis, id);

CREATE TABLE contact_import_rows (
    import_id    TEXT NOT NULL REFERENCES contact_imports (id),
    -- The row in the file, where the names of the columns are row 1.
    number       BIGINT NOT NULL,
    sealed_cells TEXT NOT NULL,
    state        TEXT NOT NULL,
    message      TEXT NOT NULL,
    contact_id   TEXT,
    PRIMARY KEY (import_id, number)
);
CREATE INDEX contact_import_rows_by_state ON contact_import_rows (import_id, state, number);
