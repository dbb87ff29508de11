-- The nouns of the directory.
--
-- {KEY} is a row's own number, given by the engine. Times are microseconds since 1970 in UTC.
-- A body is the record's JSON; the columns beside it are only those needed for finding it.

CREATE TABLE organisation (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    web_domain TEXT,
    parent TEXT REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    body TEXT NOT NULL
);
CREATE INDEX organisation_by_name ON organisation (sort_name, key);
CREATE INDEX organisation_by_domain ON organisation (web_domain);
CREATE INDEX organisation_by_parent ON organisation (parent);

-- Its name and aliases, folded for matching.
CREATE TABLE organisation_name (
    organisation BIGINT NOT NULL REFERENCES organisation (key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (organisation, name)
);
CREATE INDEX organisation_name_by_name ON organisation_name (name);

CREATE TABLE organisation_identifier (
    organisation BIGINT NOT NULL REFERENCES organisation (key) ON DELETE CASCADE,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organisation, scheme, value)
);
CREATE INDEX organisation_identifier_by_value ON organisation_identifier (scheme, value);

CREATE TABLE location (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    postcode TEXT,
    uprn TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    confidential BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX location_by_name ON location (sort_name, key);
CREATE INDEX location_by_postcode ON location (postcode);
CREATE INDEX location_by_uprn ON location (uprn);

CREATE TABLE service (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    organisation BIGINT NOT NULL REFERENCES organisation (key),
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX service_by_name ON service (sort_name, key);
CREATE INDEX service_by_organisation ON service (organisation, sort_name);
CREATE INDEX service_by_status ON service (status);

-- The venues of a service's body, one row each.
CREATE TABLE service_at_location (
    id TEXT NOT NULL PRIMARY KEY,
    service BIGINT NOT NULL REFERENCES service (key) ON DELETE CASCADE,
    location BIGINT NOT NULL REFERENCES location (key),
    position BIGINT NOT NULL
);
CREATE INDEX service_at_location_by_service ON service_at_location (service, position);
CREATE INDEX service_at_location_by_location ON service_at_location (location);

-- The codes of the places in a service's footprint.
CREATE TABLE service_place (
    service BIGINT NOT NULL REFERENCES service (key) ON DELETE CASCADE,
    code TEXT NOT NULL,
    PRIMARY KEY (service, code)
);
CREATE INDEX service_place_by_code ON service_place (code);

CREATE TABLE partnership (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX partnership_by_name ON partnership (sort_name, key);

CREATE TABLE partnership_member (
    partnership BIGINT NOT NULL REFERENCES partnership (key) ON DELETE CASCADE,
    organisation BIGINT NOT NULL REFERENCES organisation (key),
    PRIMARY KEY (partnership, organisation)
);
CREATE INDEX partnership_member_by_organisation ON partnership_member (organisation);

-- The services that a partnership says are under it or on its pathway.
CREATE TABLE partnership_service (
    partnership BIGINT NOT NULL REFERENCES partnership (key) ON DELETE CASCADE,
    service BIGINT NOT NULL REFERENCES service (key),
    PRIMARY KEY (partnership, service)
);
CREATE INDEX partnership_service_by_service ON partnership_service (service);

-- The partnerships that a service says it is part of.
CREATE TABLE service_partnership (
    service BIGINT NOT NULL REFERENCES service (key) ON DELETE CASCADE,
    partnership TEXT NOT NULL REFERENCES partnership (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (service, partnership)
);
CREATE INDEX service_partnership_by_partnership ON service_partnership (partnership);

-- Dated statements. Their bodies are never overwritten; `superseded` is worked out.
CREATE TABLE capacity (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    service BIGINT NOT NULL REFERENCES service (key) ON DELETE CASCADE,
    venue TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    lapses_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    superseded BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX capacity_by_service ON capacity (service, superseded);
CREATE INDEX capacity_by_lapse ON capacity (superseded, lapses_at);

-- The operator's own places, and governance stated for others.
CREATE TABLE place (
    key {KEY},
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    edition TEXT NOT NULL,
    boundary TEXT,
    body TEXT NOT NULL
);
CREATE INDEX place_by_name ON place (sort_name, key);

-- What sources call our records.
CREATE TABLE source_key (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (source, kind, key)
);
CREATE INDEX source_key_by_id ON source_key (kind, id);

CREATE TABLE source (
    name TEXT NOT NULL PRIMARY KEY,
    last_import BIGINT NOT NULL
);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Every change in the order of its commit. `touched` holds the ids of services, as JSON,
-- that were concerned and can no longer be worked out from the subject.
CREATE TABLE change_log (
    seq {KEY},
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    action TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    route TEXT NOT NULL,
    reason TEXT,
    touched TEXT
);
CREATE INDEX change_log_by_subject ON change_log (subject_kind, subject_id);
