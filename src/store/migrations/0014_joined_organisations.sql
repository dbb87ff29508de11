-- Organisations for which another one stands.
ALTER TABLE organisation ADD COLUMN is_joined BIGINT NOT NULL DEFAULT 0;
CREATE INDEX organisation_by_joined ON organisation (is_joined);
