-- Data actions: a document each, saved as a whole. A save names the revision
-- that it follows.
CREATE TABLE data_actions (
    id                 TEXT PRIMARY KEY,
    name               TEXT NOT NULL,
    action_json        TEXT NOT NULL,
    -- What it takes and gives back, so that lists need not read its script.
    interface_json     TEXT NOT NULL,
    revision           BIGINT NOT NULL,
    created_by         TEXT NOT NULL,
    changed_by         TEXT NOT NULL,
    changed_at_millis  BIGINT NOT NULL,
    upstream_id        TEXT,
    upstream_version   BIGINT NOT NULL,
    -- What was there when it was last uploaded or read, and which revision of
    -- ours that is.
    base_json          TEXT,
    uploaded_revision  BIGINT,
    uploaded_at_millis BIGINT,
    deleted_at_millis  BIGINT
);

CREATE TABLE uploads (
    id                TEXT PRIMARY KEY,
    action_id         TEXT NOT NULL REFERENCES data_actions (id),
    revision          BIGINT NOT NULL,
    connection_id     TEXT NOT NULL,
    connection_name   TEXT NOT NULL,
    author            TEXT NOT NULL,
    started_at_millis BIGINT NOT NULL,
    running           BOOLEAN NOT NULL,
    steps_json        TEXT NOT NULL,
    state_json        TEXT NOT NULL,
    journal_json      TEXT NOT NULL
);
-- A second click while an upload runs joins it: one runs per data action.
CREATE UNIQUE INDEX uploads_running ON uploads (action_id) WHERE running;
CREATE INDEX uploads_by_action ON uploads (action_id, started_at_millis);

-- Every click and the upload that it began or joined.
CREATE TABLE upload_clicks (
    action_id       TEXT NOT NULL REFERENCES data_actions (id),
    idempotency_key TEXT NOT NULL,
    upload_id       TEXT NOT NULL REFERENCES uploads (id),
    PRIMARY KEY (action_id, idempotency_key)
);

-- The data actions that an organisation had when it was last asked, so that
-- flows can name them and what they take is known.
CREATE TABLE upstream_data_actions (
    connection_id  TEXT NOT NULL,
    id             TEXT NOT NULL,
    name           TEXT NOT NULL,
    version        BIGINT NOT NULL,
    interface_json TEXT NOT NULL,
    PRIMARY KEY (connection_id, id)
);
