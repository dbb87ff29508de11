-- One row a service; its words in FTS5 over this table (the title counts three times), its venues
-- in an R*Tree that carries the exact point, needs and facets as rows of codes.
CREATE TABLE service(row INTEGER PRIMARY KEY, id TEXT NOT NULL, words TEXT NOT NULL);
CREATE VIRTUAL TABLE text USING fts5(
    words, content='service', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE venue USING rtree(
    id, south, north, west, east, +row INTEGER, +lat REAL, +lon REAL);
CREATE TABLE need(code INTEGER, row INTEGER, PRIMARY KEY(code, row)) WITHOUT ROWID;
CREATE TABLE facet(row INTEGER, code INTEGER, PRIMARY KEY(row, code)) WITHOUT ROWID;
CREATE TABLE title(title TEXT, row INTEGER, PRIMARY KEY(title, row)) WITHOUT ROWID;
-- A misspelt word shares a key with the right one: each word less none or one of its letters.
CREATE TABLE spelling(key TEXT, word TEXT, uses INTEGER, PRIMARY KEY(key, word)) WITHOUT ROWID;
