-- What a data action is in each organisation that it was uploaded to or opened
-- from, as flows have it: one connection's ids and versions mean nothing to
-- another. The columns of data_actions keep what was used last, for lists.
CREATE TABLE action_links (
    action_id          TEXT NOT NULL REFERENCES data_actions (id),
    connection_id      TEXT NOT NULL,
    upstream_id        TEXT NOT NULL,
    version            BIGINT NOT NULL,
    uploaded_revision  BIGINT,
    uploaded_at_millis BIGINT,
    -- The document on which both sides last agreed: what a merge begins with.
    base_json          TEXT,
    PRIMARY KEY (action_id, connection_id)
);
CREATE UNIQUE INDEX action_links_upstream ON action_links (connection_id, upstream_id);

-- Data actions that were uploaded before are linked where they were last.
INSERT INTO action_links (action_id, connection_id, upstream_id, version, uploaded_revision,
    uploaded_at_millis, base_json)
SELECT a.id, u.connection_id, a.upstream_id, a.upstream_version, a.uploaded_revision,
    a.uploaded_at_millis, a.base_json
FROM data_actions a JOIN uploads u ON u.action_id = a.id
WHERE a.upstream_id IS NOT NULL AND a.deleted_at_millis IS NULL
  AND u.id = (SELECT q.id FROM uploads q WHERE q.action_id = a.id
              ORDER BY q.started_at_millis DESC, q.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM data_actions b JOIN uploads r ON r.action_id = b.id
                  WHERE b.upstream_id = a.upstream_id AND b.id < a.id
                    AND b.deleted_at_millis IS NULL);
