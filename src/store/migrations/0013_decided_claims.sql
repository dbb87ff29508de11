-- Claims that are decided, until it is too late to take that back.
ALTER TABLE claim ADD COLUMN is_decided BIGINT NOT NULL DEFAULT 0;
