-- Sheets that somebody sent and has not saved yet, until they have or for a few days.
CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sheet TEXT NOT NULL
);
CREATE INDEX upload_by_person ON upload (person, made_at);
