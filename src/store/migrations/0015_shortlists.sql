-- Services that somebody hands over, by the hash of the key that they hold. Never whose they are.
CREATE TABLE shortlist (
    hash TEXT NOT NULL PRIMARY KEY,
    ends_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX shortlist_by_end ON shortlist (ends_at);

-- How often a listing was put on a shortlist, its text taken to be pasted, and somebody referred.
ALTER TABLE listing_use ADD COLUMN shortlisted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing_use ADD COLUMN copied BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing_use ADD COLUMN referred BIGINT NOT NULL DEFAULT 0;
