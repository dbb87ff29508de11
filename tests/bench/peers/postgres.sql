-- One row a service with its words (the title weighs more), codes of needs and facets in arrays;
-- one row a venue with its point twice: on the sphere for distances, flat for polygons.
CREATE EXTENSION postgis;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION fuzzystrmatch;
CREATE UNLOGGED TABLE raw(row int, id text, title text, words text, needs text, facets text);
CREATE UNLOGGED TABLE raw_venue(venue int, row int, lat float8, lon float8);
COPY raw FROM :'services' WITH (FORMAT text);
COPY raw_venue FROM :'venues' WITH (FORMAT text);

CREATE TABLE service AS
    SELECT row, id, lower(title) AS title,
           setweight(to_tsvector('english', title), 'A') || to_tsvector('english', words) AS words,
           ('{' || needs || '}')::int[] AS needs, ('{' || facets || '}')::int[] AS facets
    FROM raw;
CREATE TABLE venue AS
    SELECT venue, row, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS flat,
           ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS at
    FROM raw_venue;
CREATE TABLE spelling AS
    SELECT word, count(*)::int AS uses
    FROM raw, LATERAL (SELECT DISTINCT regexp_split_to_table(lower(title), '[^[:alpha:]]+') AS word) AS words
    WHERE word <> '' GROUP BY word;

ALTER TABLE service ADD PRIMARY KEY (row);
ALTER TABLE venue ADD PRIMARY KEY (venue);
ALTER TABLE spelling ADD PRIMARY KEY (word);
CREATE INDEX service_words ON service USING gin (words) WITH (fastupdate = off);
CREATE INDEX service_needs ON service USING gin (needs) WITH (fastupdate = off);
CREATE INDEX service_facets ON service USING gin (facets) WITH (fastupdate = off);
CREATE INDEX service_title ON service (title text_pattern_ops);
CREATE INDEX venue_at ON venue USING gist (at);
CREATE INDEX venue_flat ON venue USING gist (flat);
CREATE INDEX venue_row ON venue (row);
CREATE INDEX spelling_word ON spelling USING gin (word gin_trgm_ops);
DROP TABLE raw, raw_venue;
VACUUM ANALYZE;
CHECKPOINT;
