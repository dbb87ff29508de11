-- How often a listing was shown and opened in a month. Never by whom.
CREATE TABLE listing_use (
    service TEXT NOT NULL,
    month TEXT NOT NULL,
    shown BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    PRIMARY KEY (service, month)
);
CREATE INDEX listing_use_by_month ON listing_use (month);
