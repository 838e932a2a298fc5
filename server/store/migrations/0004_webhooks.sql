-- Receivers outside that are told of what happens here.
CREATE TABLE webhook_endpoints (
    id                        TEXT PRIMARY KEY,
    name                      TEXT NOT NULL UNIQUE,
    url                       TEXT NOT NULL,
    -- The names of the events that it wants; none means all, later ones too.
    events_json               TEXT NOT NULL,
    -- Why it is disabled; null while it is enabled.
    disabled_reason           TEXT,
    disabled_at_millis        BIGINT,
    sealed_key                TEXT NOT NULL,
    key_set_at_millis         BIGINT NOT NULL,
    -- The key before, which signs too until then.
    previous_sealed_key       TEXT,
    previous_key_until_millis BIGINT,
    -- The first failed attempt after the last that went through.
    failing_since_millis      BIGINT,
    -- The receiver asked for no calls before.
    paused_until_millis       BIGINT,
    created_by                TEXT NOT NULL,
    created_at_millis         BIGINT NOT NULL
);

-- What happened, as every receiver is told it: the body is sent as it is here.
CREATE TABLE webhook_messages (
    id               TEXT PRIMARY KEY,
    seq              BIGINT NOT NULL UNIQUE,
    event            TEXT NOT NULL,
    -- Messages on one object reach a receiver in the order of seq.
    object           TEXT NOT NULL,
    body             TEXT NOT NULL,
    queued_at_millis BIGINT NOT NULL
);

-- One per message and receiver. object and seq are the message's.
CREATE TABLE webhook_deliveries (
    endpoint_id            TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    message_id             TEXT NOT NULL REFERENCES webhook_messages (id) ON DELETE CASCADE,
    object                 TEXT NOT NULL,
    seq                    BIGINT NOT NULL,
    state                  TEXT NOT NULL,
    -- Attempts of the schedule that it is in, which a replay begins anew.
    tries                  BIGINT NOT NULL,
    next_attempt_at_millis BIGINT NOT NULL,
    ended_at_millis        BIGINT,
    PRIMARY KEY (endpoint_id, message_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at_millis, seq)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (endpoint_id, object, seq)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (endpoint_id, seq);
CREATE INDEX webhook_deliveries_of_message ON webhook_deliveries (message_id);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at_millis);

CREATE TABLE webhook_attempts (
    endpoint_id     TEXT NOT NULL,
    message_id      TEXT NOT NULL,
    number          BIGINT NOT NULL,
    at_millis       BIGINT NOT NULL,
    duration_millis BIGINT NOT NULL,
    status          BIGINT,
    -- Why it counts as failed; null where it went through.
    reason          TEXT,
    body_preview    TEXT NOT NULL,
    PRIMARY KEY (endpoint_id, message_id, number),
    FOREIGN KEY (endpoint_id, message_id)
        REFERENCES webhook_deliveries (endpoint_id, message_id) ON DELETE CASCADE
);
