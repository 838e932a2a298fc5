-- What the last check of a connection showed, of stored and preset ones alike.
CREATE TABLE connection_checks (
    connection_id TEXT NOT NULL PRIMARY KEY,
    at_millis     BIGINT NOT NULL,
    outcome_json  TEXT NOT NULL
);

-- The preset connection that is the default where no stored one is.
CREATE TABLE default_preset (
    place         INTEGER NOT NULL PRIMARY KEY CHECK (place = 1),
    connection_id TEXT NOT NULL
);
