-- What link workers say came of sending people to services; each goes after half a year.
CREATE TABLE experience (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    service TEXT NOT NULL,
    worker TEXT NOT NULL,
    what TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX experience_by_service ON experience (service, worker, said_at);
CREATE INDEX experience_by_worker ON experience (worker);
CREATE INDEX experience_by_age ON experience (said_at);
