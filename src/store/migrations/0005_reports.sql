-- What people say is wrong with listings.
CREATE TABLE report (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    service TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX report_by_open ON report (is_open, service);
