-- Changes that could not be read, and those after them, as they stood in
-- flow_changes. The flow goes on without them; nothing here is ever read by
-- the server.
CREATE TABLE flow_changes_quarantine (
    flow_id               TEXT NOT NULL REFERENCES flows (id),
    seq                   BIGINT NOT NULL,
    tx_id                 TEXT NOT NULL,
    author                TEXT NOT NULL,
    at_millis             BIGINT NOT NULL,
    transaction_json      TEXT NOT NULL,
    quarantined_at_millis BIGINT NOT NULL,
    PRIMARY KEY (flow_id, seq)
);
