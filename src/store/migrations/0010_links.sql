-- Whether the page that a listing names answered when it was last asked.
CREATE TABLE link_check (
    service TEXT NOT NULL PRIMARY KEY,
    address TEXT,
    asked_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    failing_since BIGINT,
    failures BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX link_check_by_failing ON link_check (failing_since);
CREATE INDEX link_check_by_asked ON link_check (outcome, asked_at);
