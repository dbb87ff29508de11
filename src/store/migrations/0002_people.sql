-- People who look after the directory, their ways in, and what is mailed to them.

CREATE TABLE person (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

-- The organisations that a person looks after.
CREATE TABLE person_organisation (
    person BIGINT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    organisation TEXT NOT NULL,
    PRIMARY KEY (person, organisation)
);
CREATE INDEX person_organisation_by_organisation ON person_organisation (organisation);

-- Who is signed in, by the hash of what their browser holds. One that came by a mail about a
-- single listing is for that listing only.
CREATE TABLE session (
    hash TEXT NOT NULL PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    service TEXT,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_by_person ON session (person);

-- Links in mails, by the hash of their secret. Without a service, it signs in.
CREATE TABLE link (
    hash TEXT NOT NULL PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES person (key) ON DELETE CASCADE,
    service TEXT,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    superseded BIGINT NOT NULL
);
CREATE INDEX link_by_person ON link (person, made_at);

-- Mail on its way. What it says is forgotten once it is sent or given up.
CREATE TABLE mail (
    key {KEY},
    recipient TEXT NOT NULL,
    letter TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    worth_until BIGINT NOT NULL,
    next_try BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    sent_at BIGINT,
    given_up_at BIGINT,
    fault TEXT
);
CREATE INDEX mail_by_next_try ON mail (next_try);

-- Who was asked when whether a listing is still right.
CREATE TABLE ask (
    service TEXT NOT NULL,
    person TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (service, person, asked_at)
);
CREATE INDEX ask_by_person ON ask (person, asked_at);
