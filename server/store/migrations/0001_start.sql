-- Types and statements that SQLite and PostgreSQL both take: TEXT, BIGINT and
-- BOOLEAN, times as milliseconds since 1970 in UTC, ids made by the server,
-- bytes as hexadecimal or base64 text.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    id                TEXT PRIMARY KEY,
    email             TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    role              TEXT NOT NULL,
    password_hash     TEXT NOT NULL,
    created_at_millis BIGINT NOT NULL
);

CREATE TABLE set_up_tokens (
    token_hash        TEXT PRIMARY KEY,
    expires_at_millis BIGINT NOT NULL
);

CREATE TABLE sessions (
    id_hash           TEXT PRIMARY KEY,
    account_id        TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    data              TEXT NOT NULL,
    created_at_millis BIGINT NOT NULL,
    expires_at_millis BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id, created_at_millis);
CREATE INDEX sessions_by_expiry ON sessions (expires_at_millis);

CREATE TABLE throttles (
    name            TEXT PRIMARY KEY,
    failures        BIGINT NOT NULL,
    first_at_millis BIGINT NOT NULL,
    last_at_millis  BIGINT NOT NULL
);

CREATE TABLE flows (
    id                   TEXT PRIMARY KEY,
    name                 TEXT NOT NULL,
    nodes                BIGINT NOT NULL,
    head_seq             BIGINT NOT NULL,
    created_by           TEXT NOT NULL,
    changed_by           TEXT NOT NULL,
    changed_at_millis    BIGINT NOT NULL,
    last_modified_millis BIGINT NOT NULL,
    -- The change with which the logic, not only the layout, last changed.
    logic_seq            BIGINT NOT NULL,
    upstream_id          TEXT,
    upstream_version     BIGINT NOT NULL,
    published_version    BIGINT,
    published_at_millis  BIGINT,
    published_seq        BIGINT,
    deleted_at_millis    BIGINT
);

CREATE TABLE flow_changes (
    flow_id     TEXT NOT NULL REFERENCES flows (id),
    seq         BIGINT NOT NULL,
    tx_id       TEXT NOT NULL,
    author      TEXT NOT NULL,
    at_millis   BIGINT NOT NULL,
    transaction_json TEXT NOT NULL,
    PRIMARY KEY (flow_id, seq),
    UNIQUE (flow_id, tx_id)
);

CREATE TABLE flow_snapshots (
    flow_id   TEXT NOT NULL REFERENCES flows (id),
    seq       BIGINT NOT NULL,
    flow_json TEXT NOT NULL,
    PRIMARY KEY (flow_id, seq)
);

CREATE TABLE connections (
    id                   TEXT PRIMARY KEY,
    name                 TEXT NOT NULL UNIQUE,
    profile              TEXT NOT NULL,
    api_url              TEXT NOT NULL,
    oauth_url            TEXT NOT NULL,
    client_id            TEXT NOT NULL,
    sealed_secret        TEXT NOT NULL,
    secret_hint          TEXT NOT NULL,
    secret_set_at_millis BIGINT NOT NULL,
    is_default           BOOLEAN NOT NULL,
    revision             BIGINT NOT NULL
);

CREATE TABLE publishes (
    id                TEXT PRIMARY KEY,
    flow_id           TEXT NOT NULL REFERENCES flows (id),
    seq               BIGINT NOT NULL,
    connection_id     TEXT NOT NULL,
    connection_name   TEXT NOT NULL,
    author            TEXT NOT NULL,
    started_at_millis BIGINT NOT NULL,
    running           BOOLEAN NOT NULL,
    steps_json        TEXT NOT NULL,
    state_json        TEXT NOT NULL,
    journal_json      TEXT NOT NULL
);
-- A second click while a publish runs joins it: one runs per flow.
CREATE UNIQUE INDEX publishes_running ON publishes (flow_id) WHERE running;
CREATE INDEX publishes_by_flow ON publishes (flow_id, started_at_millis);

-- Every click and the publish that it began or joined: sent again, whenever
-- that is, it leads to the same one.
CREATE TABLE publish_clicks (
    flow_id         TEXT NOT NULL REFERENCES flows (id),
    idempotency_key TEXT NOT NULL,
    publish_id      TEXT NOT NULL REFERENCES publishes (id),
    PRIMARY KEY (flow_id, idempotency_key)
);

CREATE TABLE audit (
    seq            BIGINT PRIMARY KEY,
    at_millis      BIGINT NOT NULL,
    actor          TEXT NOT NULL,
    action         TEXT NOT NULL,
    object         TEXT,
    outcome        TEXT NOT NULL,
    detail         TEXT NOT NULL,
    correlation_id TEXT,
    chain          TEXT NOT NULL
);
