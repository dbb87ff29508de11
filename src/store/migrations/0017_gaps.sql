-- What people did not find, by need, area and month. Never by whom, and never in their words.
CREATE TABLE gap (
    need TEXT NOT NULL,
    area TEXT NOT NULL,
    month TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (need, area, month)
);
CREATE INDEX gap_by_month ON gap (month);
