-- Fields of listings in which a feed says otherwise than somebody who looks after the listing.
CREATE TABLE conflict (
    service TEXT NOT NULL,
    field TEXT NOT NULL,
    source TEXT NOT NULL,
    stated TEXT NOT NULL,
    since BIGINT NOT NULL,
    left_as TEXT,
    PRIMARY KEY (service, source, field)
);
