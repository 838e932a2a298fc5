-- What a flow is in each organisation that it was published to or opened from:
-- one connection's ids and versions mean nothing to another. The columns of
-- flows keep what was used last, for lists.
CREATE TABLE flow_links (
    flow_id             TEXT NOT NULL REFERENCES flows (id),
    connection_id       TEXT NOT NULL,
    upstream_id         TEXT NOT NULL,
    version             BIGINT NOT NULL,
    published_version   BIGINT,
    published_at_millis BIGINT,
    published_seq       BIGINT,
    -- The document on which both sides last agreed: what a merge begins with.
    base_text           TEXT,
    PRIMARY KEY (flow_id, connection_id)
);
CREATE UNIQUE INDEX flow_links_upstream ON flow_links (connection_id, upstream_id);

-- Flows that were published before are linked where they were published last.
INSERT INTO flow_links (flow_id, connection_id, upstream_id, version, published_version,
    published_at_millis, published_seq)
SELECT f.id, p.connection_id, f.upstream_id, f.upstream_version, f.published_version,
    f.published_at_millis, f.published_seq
FROM flows f JOIN publishes p ON p.flow_id = f.id
WHERE f.upstream_id IS NOT NULL AND f.deleted_at_millis IS NULL
  AND p.id = (SELECT q.id FROM publishes q WHERE q.flow_id = f.id
              ORDER BY q.started_at_millis DESC, q.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM flows g JOIN publishes r ON r.flow_id = g.id
                  WHERE g.upstream_id = f.upstream_id AND g.id < f.id
                    AND g.deleted_at_millis IS NULL);

-- What both sides changed, of a publish that ended with it, for people to choose.
ALTER TABLE publishes ADD COLUMN conflict_json TEXT;
