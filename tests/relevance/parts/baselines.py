"""What Hereabouts is compared with: three plain full-text searches over the same text."""

import math
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter, defaultdict

from parts.places import areas_of

K1 = 1.2
B = 0.75


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def text_of(service: dict) -> dict[str, str]:
    """The text of a listing by field, as a searcher may read it on its page."""
    who = service["eligibility"]
    venues = [
        " ".join(filter(None, [one["name"], *one["address"], one.get("town")]))
        for one in service["venues"]
    ]
    return {
        "name": " ".join([service["name"], *service["aliases"]]),
        "summary": service["summary"] or "",
        "description": " ".join([service["description"] or "", *service["in_short"]]),
        "needs": " ".join(need["label"] for need in service["needs"]),
        "rest": " ".join(
            filter(
                None,
                [service["organisation"]["name"], who["description"], who["not_for"],
                 *who["for_people"], *areas_of(service), *venues],
            )
        ),
    }


class Bm25:
    """BM25 over one bag of lower-case words, without fields or stemming."""

    name = "BM25"

    def __init__(self, texts: dict[str, dict[str, str]]):
        self.bags = {one: Counter(words(" ".join(text.values()))) for one, text in texts.items()}
        self.lengths = {one: sum(bag.values()) for one, bag in self.bags.items()}
        self.mean = sum(self.lengths.values()) / len(self.lengths)
        self.holders = defaultdict(list)
        for one, bag in self.bags.items():
            for word in bag:
                self.holders[word].append(one)

    def ask(self, text: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in set(words(text)):
            holders = self.holders.get(word, [])
            weight = math.log(1 + (len(self.bags) - len(holders) + 0.5) / (len(holders) + 0.5))
            for one in holders:
                count = self.bags[one][word]
                long = K1 * (1 - B + B * self.lengths[one] / self.mean)
                scores[one] += weight * count * (K1 + 1) / (count + long)
        return sorted(scores, key=lambda one: (-scores[one], one))

    def end(self) -> None:
        pass


class Fts5:
    """SQLite's full-text search with its Porter stemmer; any word may match."""

    name = "FTS5"

    def __init__(self, texts: dict[str, dict[str, str]]):
        self.base = sqlite3.connect(":memory:")
        self.base.execute(
            "create virtual table listing using fts5("
            "id unindexed, name, summary, description, needs, rest, tokenize = 'porter unicode61')"
        )
        rows = [(one, *text.values()) for one, text in texts.items()]
        self.base.executemany("insert into listing values (?, ?, ?, ?, ?, ?)", rows)

    def ask(self, text: str) -> list[str]:
        any_word = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not any_word:
            return []
        asked = "select id from listing where listing match ? order by bm25(listing), id"
        return [row[0] for row in self.base.execute(asked, (any_word,))]

    def end(self) -> None:
        self.base.close()


class NoPostgres(Exception):
    """Why there is no PostgreSQL to compare with."""


class Postgres:
    """PostgreSQL's English full-text search by `ts_rank_cd`; any word may match."""

    name = "PostgreSQL"

    def __init__(self, texts: dict[str, dict[str, str]]):
        self.cluster = Cluster()
        rows = "".join(f"{one}\t{copied(' '.join(text.values()))}\n" for one, text in texts.items())
        self.cluster.run(
            "create table listing (id text, words text, found tsvector"
            " generated always as (to_tsvector('english', words)) stored);\n"
            f"copy listing (id, words) from stdin;\n{rows}\\.\n"
            "create index on listing using gin (found);"
        )

    def ask(self, text: str) -> list[str]:
        asked = " ".join(words(text))
        any_word = f"replace(plainto_tsquery('english', '{asked}')::text, '&', '|')::tsquery"
        return self.cluster.run(
            f"select id from listing, (select {any_word} as q) as asked where found @@ q"
            " order by ts_rank_cd(found, q) desc, id;"
        ).split()

    def end(self) -> None:
        self.cluster.end()


def copied(text: str) -> str:
    return re.sub(r"[\t\r\n\\]", " ", text)


class Cluster:
    """A PostgreSQL of our own on a Unix socket, in a folder that ends with it. PostgreSQL refuses
    to run as root, so root hands it to the user `postgres`."""

    def __init__(self):
        self.bin = program_folder()
        self.folder = tempfile.mkdtemp(prefix="hereabouts-pg-")
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            try:
                os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
            except KeyError as missing:
                shutil.rmtree(self.folder)
                raise NoPostgres("there is no user postgres to run it as") from missing
        try:
            self.start()
        except (subprocess.CalledProcessError, FileNotFoundError) as failed:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise NoPostgres(f"a cluster could not be started ({failed})") from failed

    def start(self) -> None:
        data = ["-D", f"{self.folder}/data"]
        self.tool("initdb", *data, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.tool("pg_ctl", *data, "-w", "-l", f"{self.folder}/log", "-o", settings, "start")

    def tool(self, name: str, *words: str, text: str | None = None) -> str:
        command = [os.path.join(self.bin, name), *words]
        if self.user:
            owner = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"]
            command = ["setpriv", *owner, *command]
        # A server that pg_ctl leaves behind would hold a pipe open, so only psql is read from.
        out = subprocess.PIPE if name == "psql" else subprocess.DEVNULL
        done = subprocess.run(
            command, input=text, text=True, stdout=out, stderr=subprocess.DEVNULL,
            check=True, cwd=self.folder,
        )
        return done.stdout or ""

    def run(self, sql: str) -> str:
        connect = ["-h", self.folder, "-d", "postgres", "-qtAX", "-v", "ON_ERROR_STOP=1"]
        return self.tool("psql", *connect, text=sql)

    def end(self) -> None:
        try:
            self.tool("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")
        except subprocess.CalledProcessError:
            print("note: the temporary PostgreSQL did not stop by itself")
        shutil.rmtree(self.folder, ignore_errors=True)


def program_folder() -> str:
    found = shutil.which("initdb")
    if found is None or shutil.which("psql") is None:
        raise NoPostgres("initdb or psql is not on this machine")
    return os.path.dirname(os.path.realpath(found))
