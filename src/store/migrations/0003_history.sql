-- What each change changed, and a chain of hashes over the log. Rows from before have none.

-- The fields that differ, as JSON: name to [before, after].
ALTER TABLE change_log ADD COLUMN fields TEXT;
-- Of the body as it was saved.
ALTER TABLE change_log ADD COLUMN body_sha256 TEXT;
-- Of this row and of the row before it.
ALTER TABLE change_log ADD COLUMN hash TEXT;
