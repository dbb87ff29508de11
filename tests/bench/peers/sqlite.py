"""SQLite as a library: FTS5, R*Tree, and the extension of sqlite_geo.c."""

import math
import os
import re
import sqlite3
import struct
import subprocess
from array import array
from collections import Counter
from pathlib import Path

import world
from answer import Answer, Timer, resident

HERE = Path(__file__).parent
CACHE_KIB = 262_144
MAPPED = 4 << 30
WORD = re.compile(r"[^\W\d_]+")

TOP = "SELECT 1, row, best FROM (SELECT row, best FROM hit ORDER BY best LIMIT :limit)"
TOTAL = "SELECT 0, count(*), 0 FROM hit"
COUNTS = "SELECT 2, code, count(*) FROM hit CROSS JOIN facet USING (row) GROUP BY code"
IN_BOX = "south >= :south AND north <= :north AND west >= :west AND east <= :east"


class Sqlite:
    name = "sqlite"

    def __init__(self, scratch):
        self.path = Path(scratch) / "peer.sqlite"
        self.library = Path(scratch) / "sqlite_geo.so"

    def version(self):
        return sqlite3.sqlite_version

    def build(self, folder):
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", self.library, HERE / "sqlite_geo.c", "-lsqlite3", "-lm"], check=True)
        with Timer() as timer:
            db = self.connect()
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + (HERE / "sqlite.sql").read_text())
            db.execute("BEGIN")
            fill(db, folder)
            db.execute("COMMIT")
            db.executescript("ANALYZE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
            db.close()
            os.sync()
        return {"build_seconds": timer.seconds, "disk_bytes": self.path.stat().st_size}

    def connect(self):
        db = sqlite3.connect(self.path, isolation_level=None, cached_statements=512)
        db.enable_load_extension(True)
        db.load_extension(str(self.library))
        db.executescript(f"PRAGMA cache_size=-{CACHE_KIB}; PRAGMA mmap_size={MAPPED}; PRAGMA temp_store=MEMORY;")
        return db

    def open(self):
        self.before = file_pages()
        self.db = self.connect()
        self.db.execute("PRAGMA synchronous=FULL")

    def close(self):
        self.db.close()

    def stop(self):
        """A library has no server to stop."""

    def memory(self):
        """What the library allocated, and the pages of its file that it brought into the client."""
        own, = self.db.execute("SELECT memory_used()").fetchone()
        return {"own_bytes": own, "rss_bytes": own + max(0, file_pages() - self.before)}

    def ping(self):
        self.db.execute("SELECT 1").fetchall()

    def ask(self, query):
        return getattr(self, ASKS[query["class"]])(query)

    def words(self, query):
        asked = {"words": match(query["words"]), "limit": query["limit"]}
        top = self.db.execute("SELECT rowid FROM text WHERE text MATCH :words ORDER BY rank LIMIT :limit", asked)
        rows = [row for row, in top]
        if len(rows) < query["limit"]:
            return Answer(rows, len(rows))
        return Answer(rows, self.db.execute("SELECT count(*) FROM text WHERE text MATCH :words", asked).fetchone()[0])

    def filtered(self, query):
        """Everything with a radius or a polygon: who is there, of them who matches, then the counts."""
        asked = {"limit": query["limit"], "lat": query["lat"], "lon": query["lon"], "radius": query["radius_m"]}
        asked |= box(query)
        if query["polygon"]:
            asked["ring"] = array("d", [number for corner in query["polygon"] for number in corner]).tobytes()
            there = f"SELECT row, 0 AS best FROM venue WHERE {IN_BOX} AND inside(:ring, lat, lon) GROUP BY row"
        else:
            there = (f"SELECT row, min(metres(lat, lon, :lat, :lon)) AS best FROM venue WHERE {IN_BOX}"
                     " AND metres(lat, lon, :lat, :lon) <= :radius GROUP BY row")
        where = narrowed(query)
        hit = f"SELECT row, best FROM near WHERE true{where}"
        if query["words"]:
            asked["words"] = match(query["words"])
            hit = f"SELECT rowid AS row, rank AS best FROM text WHERE text MATCH :words AND +rowid IN (SELECT row FROM near WHERE true{where})"
        parts = [TOTAL, TOP] + ([COUNTS] if query["facets"] else [])
        return gathered(self.db.execute(
            f"WITH near AS MATERIALIZED ({there}), hit AS MATERIALIZED ({hit}) " + " UNION ALL ".join(parts), asked))

    def nearest(self, query):
        """The tree gives venues in order; more are asked for until there are enough services."""
        for venues in (64, 256, 4096):
            found = self.db.execute(
                "SELECT row, min(metres(lat, lon, ?1, ?2)) FROM (SELECT row, lat, lon FROM venue"
                f" WHERE id MATCH nearest(?1, ?2) LIMIT {venues}) GROUP BY row ORDER BY 2 LIMIT ?3",
                (query["lat"], query["lon"], query["limit"])).fetchall()
            if len(found) == query["limit"]:
                break
        return Answer([row for row, _ in found], None)

    def misspelt(self, query):
        asked = " AND ".join(either(self.spelt(word)) for word in query["words"])
        top = self.db.execute("SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?", (asked, query["limit"]))
        return Answer([row for row, in top], None)

    def spelt(self, word):
        """The word if titles have it, else the five most used within one edit."""
        if len(word) < 5 or self.db.execute("SELECT 1 FROM spelling WHERE key = ?1 AND word = ?1", (word,)).fetchone():
            return [word]
        keys = keys_of(word)
        found = self.db.execute(
            f"SELECT DISTINCT word FROM spelling WHERE key IN ({', '.join('?' * len(keys))}) AND edits(word, ?) <= 1"
            " ORDER BY uses DESC LIMIT 5", (*keys, word)).fetchall()
        return [close for close, in found] or [word]

    def suggest(self, query):
        prefix = query["words"][0]
        found = self.db.execute(
            "SELECT row FROM title WHERE title >= ? AND title < ? LIMIT ?",
            (prefix, prefix + "\U0010ffff", query["limit"]))
        return Answer([row for row, in found], None)

    def change(self, record, word):
        """Adds a word to a service, durably."""
        row = record.row
        old, = self.db.execute("SELECT words FROM service WHERE row = ?", (row,)).fetchone()
        self.db.execute("BEGIN IMMEDIATE")
        self.db.execute("INSERT INTO text(text, rowid, words) VALUES ('delete', ?, ?)", (row, old))
        self.db.execute("UPDATE service SET words = ? WHERE row = ?", (f"{old} {word}", row))
        self.db.execute("INSERT INTO text(rowid, words) VALUES (?, ?)", (row, f"{old} {word}"))
        self.db.execute("COMMIT")

    def seen(self, word):
        return self.db.execute("SELECT rowid FROM text WHERE text MATCH ?", (match([word]),)).fetchall() != []


ASKS = {
    "words": "words", "words-5km": "filtered", "nearest-20": "nearest", "need-5km-filters-facets": "filtered",
    "words-place-filters-facets": "filtered", "polygon-facets": "filtered", "misspelt": "misspelt", "suggest": "suggest",
}


def file_pages():
    client = resident([os.getpid()], "Rss", "Anonymous")
    return client["rss_bytes"] - client["own_bytes"]


def fill(db, folder):
    spelling = Counter()
    for row, name, title, text, needs, facets in world.services(folder):
        words = f"{title} {title} {text}"
        db.execute("INSERT INTO service VALUES (?, ?, ?)", (row, name, words))
        db.execute("INSERT INTO text(rowid, words) VALUES (?, ?)", (row, words))
        db.execute("INSERT INTO title VALUES (?, ?)", (title.lower(), row))
        db.executemany("INSERT INTO need VALUES (?, ?)", [(code, row) for code in needs])
        db.executemany("INSERT INTO facet VALUES (?, ?)", [(row, code) for code in facets])
        spelling.update(set(WORD.findall(title.lower())))
    db.executemany("INSERT INTO venue VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (
        (venue, lat, lat, lon, lon, row, lat, lon)
        for venue, row, lat, lon in world.venues(folder)))
    db.executemany("INSERT INTO spelling VALUES (?, ?, ?)", sorted(
        (key, word, uses) for word, uses in spelling.items() for key in keys_of(word)))
    db.execute("INSERT INTO text(text) VALUES ('optimize')")


def keys_of(word):
    return sorted({word, *(word[:i] + word[i + 1:] for i in range(len(word)))})


def match(words):
    return " ".join(f'"{word}"' for word in words)


def either(words):
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def narrowed(query):
    """Codes are numbers of our own, so they stand in the text; the statement cache holds the shapes."""
    parts = []
    if query["need_codes"]:
        parts.append(" AND row IN (SELECT row FROM need WHERE code IN ({}))".format(listed(query["need_codes"])))
    for codes in query["filter_codes"]:
        parts.append(f" AND EXISTS (SELECT 1 FROM facet WHERE facet.row = near.row AND code IN ({listed(codes)}))")
    return "".join(parts)


def listed(codes):
    return ", ".join(str(code) for code in codes)


def box(query):
    """The box around the circle or polygon, a hair wider than the tree's 32-bit numbers can miss."""
    if query["polygon"]:
        lons, lats = zip(*query["polygon"])
    else:
        north = query["radius_m"] / 111_000
        east = north / math.cos(math.radians(abs(query["lat"]) + north))
        lats = query["lat"] - north, query["lat"] + north
        lons = query["lon"] - east, query["lon"] + east
    return {"south": min(lats) - 1e-5, "north": max(lats) + 1e-5, "west": min(lons) - 1e-5, "east": max(lons) + 1e-5}


def gathered(rows):
    total, top, counts = 0, [], {}
    for kind, key, value in rows:
        if kind == 0:
            total = key
        elif kind == 1:
            top.append(key)
        else:
            counts[key] = value
    return Answer(top, total, counts)
