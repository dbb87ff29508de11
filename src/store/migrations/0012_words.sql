-- What this directory's people call needs, beside the vocabulary that is shipped.
CREATE TABLE synonym (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    body TEXT NOT NULL
);

-- Words that found little and that enough people asked for, never by whom.
CREATE TABLE sought_words (
    words TEXT NOT NULL PRIMARY KEY,
    times BIGINT NOT NULL,
    month TEXT NOT NULL,
    set_aside BIGINT NOT NULL
);
