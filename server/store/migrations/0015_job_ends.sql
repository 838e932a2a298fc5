-- When a publish or an upload ended: what was asked for before that joins it.
ALTER TABLE publishes ADD COLUMN ended_at_millis BIGINT;
ALTER TABLE uploads ADD COLUMN ended_at_millis BIGINT;
