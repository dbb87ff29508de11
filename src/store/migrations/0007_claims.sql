-- Who says that they belong to an organisation and should look after its listings.
CREATE TABLE claim (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    service TEXT NOT NULL,
    link TEXT,
    made_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX claim_by_link ON claim (link);
CREATE INDEX claim_by_service ON claim (service);
