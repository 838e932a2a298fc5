-- The same change made in many flows: what it is, and how it stands with each.
CREATE TABLE batches (
    id                TEXT PRIMARY KEY,
    idempotency_key   TEXT NOT NULL UNIQUE,
    title             TEXT NOT NULL,
    change_json       TEXT NOT NULL,
    publishes         BOOLEAN NOT NULL,
    connection_id     TEXT,
    author_id         TEXT NOT NULL,
    author            TEXT NOT NULL,
    started_at_millis BIGINT NOT NULL,
    cancelled         BOOLEAN NOT NULL,
    running           BOOLEAN NOT NULL
);
CREATE INDEX batches_by_start ON batches (started_at_millis);

CREATE TABLE batch_items (
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    place       BIGINT NOT NULL,
    flow_id     TEXT NOT NULL,
    flow_name   TEXT NOT NULL,
    -- How often it was tried; names the edit and the publish of each try.
    attempt     BIGINT NOT NULL,
    -- The change of the flow that the batch made, once it is made.
    changed_seq BIGINT,
    state_json  TEXT NOT NULL,
    PRIMARY KEY (batch_id, place)
);
