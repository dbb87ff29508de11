-- What people want to be mailed about: an address, and a need in an area or a service.
CREATE TABLE follow (
    token TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    due_at BIGINT,
    ends_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX follow_by_due ON follow (due_at);
CREATE INDEX follow_by_email ON follow (email);
CREATE INDEX follow_by_end ON follow (ends_at);
