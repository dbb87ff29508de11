"""PostgreSQL with PostGIS and pg_trgm: a cluster of its own in the scratch folder, on a unix socket."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import world
from answer import Answer, Timer, resident

HERE = Path(__file__).parent
SETTINGS = {
    "listen_addresses": "", "shared_buffers": "1GB", "effective_cache_size": "4GB", "work_mem": "64MB",
    "maintenance_work_mem": "512MB", "max_wal_size": "8GB", "checkpoint_timeout": "30min",
    "random_page_cost": "1.1", "jit": "off", "plan_cache_mode": "force_custom_plan", "effective_io_concurrency": "100", "wal_level": "minimal",
    "max_wal_senders": "0", "synchronous_commit": "on", "fsync": "on", "max_connections": "20",
    "pg_trgm.similarity_threshold": "0.2",
    "max_parallel_workers_per_gather": "1", "max_parallel_maintenance_workers": "2",
}

COUNTS = ("(SELECT array_agg(ARRAY[code, n]) FROM"
          " (SELECT code, count(*)::int AS n FROM hit, unnest(hit.facets) AS code GROUP BY code) AS counts)")
TOP = "SELECT (SELECT count(*) FROM hit), ARRAY(SELECT row FROM hit ORDER BY best LIMIT $1)"


class Postgres:
    name = "postgres"

    def __init__(self, scratch):
        self.home = Path(scratch) / "postgres"
        self.data, self.socket = self.home / "data", self.home / "socket"
        self.prepared = {}

    def version(self):
        with self.db.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), postgis_lib_version()")
            return "{} + PostGIS {}".format(*cursor.fetchone())

    def build(self, folder):
        self.start()
        with Timer() as timer:
            self.run("psql", "-q", "-h", self.socket, "-U", "postgres", "-v", "ON_ERROR_STOP=1",
                     "-v", f"services={folder}/services.tsv", "-v", f"venues={folder}/venues.tsv",
                     "-f", HERE / "postgres.sql")
        size = sum(f.stat().st_size for f in (self.data / "base").rglob("*") if f.is_file())
        return {"build_seconds": timer.seconds, "disk_bytes": size}

    def start(self):
        self.socket.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            for folder in (self.home, self.socket):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.home / "log", "-o", f"-k {self.socket}", "start")

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def run(self, program, *args):
        """As the user postgres where we are root, since the server refuses root."""
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))[-1]
        path = str(newest / program) if (newest / program).exists() else shutil.which(program)
        command = [path, *map(str, args)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def open(self):
        import psycopg2
        self.db = psycopg2.connect(host=str(self.socket), user="postgres", dbname="postgres")
        self.db.autocommit = True
        self.cursor = self.db.cursor()

    def close(self):
        self.db.close()

    def memory(self):
        lead = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{lead}/task/{lead}/children").read_text().split()
        return resident([lead, *map(int, children)])

    def ping(self):
        self.cursor.execute("SELECT 1")
        self.cursor.fetchall()

    def rows(self, sql, values):
        """Runs a statement that is prepared the first time it is met."""
        if sql not in self.prepared:
            self.prepared[sql] = f"ask{len(self.prepared)}"
            self.cursor.execute(f"PREPARE {self.prepared[sql]} AS {sql}")
        marks = ", ".join(["%s"] * len(values))
        self.cursor.execute(f"EXECUTE {self.prepared[sql]}({marks})", values)
        return self.cursor.fetchall()

    def ask(self, query):
        return getattr(self, ASKS[query["class"]])(query)

    def filtered(self, query):
        """One statement a shape: where, words, needs, facets; then total, the best, counts."""
        values, tests, best = [query["limit"]], [], "0"

        def mark(value, kind):
            values.append(value)
            return f"${len(values)}::{kind}"

        if query["polygon"]:
            ring = "POLYGON((" + ",".join(f"{lon} {lat}" for lon, lat in query["polygon"]) + "))"
            near = ("SELECT DISTINCT row, 0 AS far FROM venue, "
                    f"(SELECT ST_GeomFromText({mark(ring, 'text')}, 4326) AS ring OFFSET 0) AS asked WHERE ST_Contains(ring, flat)")
        elif query["radius_m"]:
            at = f"ST_SetSRID(ST_MakePoint({mark(query['lon'], 'float8')}, {mark(query['lat'], 'float8')}), 4326)::geography"
            near = (f"SELECT row, min(ST_Distance(at, {at}, false)) AS far FROM venue"
                    f" WHERE ST_DWithin(at, {at}, {mark(query['radius_m'], 'float8')}, false) GROUP BY row")
            best = "far"
        if query["words"]:
            words = f"to_tsquery('english', {mark(anded([[word] for word in query['words']]), 'text')})"
            tests.append(f"words @@ {words}")
            best = f"-ts_rank(words, {words})"
        tests += [f"{column} && {mark(codes, 'int[]')}"
                  for column, codes in [("needs", query["need_codes"])] + [("facets", codes) for codes in query["filter_codes"]]
                  if codes]
        placed = f" JOIN ({near}) AS near USING (row)" if query["polygon"] or query["radius_m"] else ""
        hit = f"SELECT row, facets, {best} AS best FROM service{placed} WHERE " + (" AND ".join(tests) or "true")
        counts = f", {COUNTS}" if query["facets"] else ", NULL"
        (total, top, counted), = self.rows(f"WITH hit AS MATERIALIZED ({hit}) {TOP}{counts}", values)
        return Answer(top, total, dict(counted or []))

    def nearest(self, query):
        """Venues in order of distance; more are asked for until there are enough services."""
        for venues in (64, 256, 4096):
            found = self.rows(
                "SELECT row FROM (SELECT row, at <-> ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326)::geography AS far"
                f" FROM venue ORDER BY 2 LIMIT {venues}) AS near GROUP BY row ORDER BY min(far) LIMIT $3::int",
                (query["lon"], query["lat"], query["limit"]))
            if len(found) == query["limit"]:
                break
        return Answer([row for row, in found])

    def misspelt(self, query):
        spelt = [self.spelt(word) for word in query["words"]]
        found = self.rows(
            "SELECT row FROM service, to_tsquery('english', $1::text) AS asked"
            " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT $2::int", (anded(spelt), query["limit"]))
        return Answer([row for row, in found])

    def spelt(self, word):
        """The word if titles have it, else the five of fewest edits that share enough of its letters in threes."""
        if len(word) < 5 or self.rows("SELECT 1 FROM spelling WHERE word = $1::text", (word,)):
            return [word]
        found = self.rows(
            "SELECT word FROM spelling WHERE word % $1::text"
            " ORDER BY levenshtein_less_equal(word, $1::text, 2), similarity(word, $1::text) DESC LIMIT 5", (word,))
        return [close for close, in found] or [word]

    def suggest(self, query):
        prefix = query["words"][0]
        found = self.rows("SELECT row FROM service WHERE title ~>=~ $1::text AND title ~<~ $2::text LIMIT $3::int",
                          (prefix, prefix + "\U0010ffff", query["limit"]))
        return Answer([row for row, in found])

    def change(self, record, word):
        """Adds a word to a service, durably: the commit waits for the disk."""
        self.rows("UPDATE service SET words = words || to_tsvector('english', $1::text) WHERE row = $2::int RETURNING row", (word, record.row))

    def seen(self, word):
        return self.rows("SELECT row FROM service WHERE words @@ to_tsquery('english', $1::text)", (word,)) != []


ASKS = {
    "words": "filtered", "words-5km": "filtered", "nearest-20": "nearest", "need-5km-filters-facets": "filtered",
    "words-place-filters-facets": "filtered", "polygon-facets": "filtered", "misspelt": "misspelt", "suggest": "suggest",
}


def anded(groups):
    return " & ".join("(" + " | ".join(f"'{word}'" for word in group) + ")" for group in groups)
