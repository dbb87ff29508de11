-- Programs that speak for somebody, by the hash of their key.
CREATE TABLE program (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);
