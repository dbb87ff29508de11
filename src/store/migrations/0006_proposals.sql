-- Changes of listings that are kept for later or wait for a steward.
CREATE TABLE proposal (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    service TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    is_sent BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX proposal_by_service ON proposal (service, is_open);
CREATE INDEX proposal_by_open ON proposal (is_open, is_sent);
