"""Apache Lucene in one Java process, behind a line a question on a loopback socket."""

import re
import socket
import subprocess
from pathlib import Path

from answer import Answer, Timer, resident

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")
PARTS = ["core", "analyzers-common", "facet", "sandbox", "suggest", "queries"]


def jars():
    """Debian's newest of each part; the version stands in the name."""
    found = []
    for part in PARTS:
        of_part = sorted(
            JARS.glob(f"lucene-{part}-[0-9]*.jar"), key=lambda p: [int(n) for n in re.findall(r"\d+", p.stem)])
        found += of_part[-1:]
    return found


class Lucene:
    name = "lucene"

    def __init__(self, scratch):
        self.home = Path(scratch) / "lucene"
        self.classes = self.home / "classes"
        self.server = None

    def version(self):
        return jars()[0].stem.rsplit("-", 1)[1]

    def java(self, *args):
        path = ":".join([str(self.classes), *map(str, jars())])
        return ["java", "-Xms256m", "-XX:+UseG1GC", "-cp", path, *map(str, args)]

    def build(self, folder):
        self.classes.mkdir(parents=True, exist_ok=True)
        path = ":".join(map(str, jars()))
        subprocess.run(
            ["javac", "-nowarn", "-cp", path, "-d", self.classes, *HERE.glob("Lucene*.java")], check=True)
        with Timer() as timer:
            subprocess.run(self.java("-Xmx2g", "LuceneBuild", folder, self.home), check=True)
        self.start()
        size = sum(f.stat().st_size for f in self.home.rglob("*") if f.is_file() and self.classes not in f.parents)
        return {"build_seconds": timer.seconds, "disk_bytes": size}

    def start(self):
        self.server = subprocess.Popen(self.java("-Xmx1g", "LuceneServe", self.home), stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline())

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait()

    def open(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")

    def close(self):
        self.socket.close()

    def memory(self):
        return resident([self.server.pid])

    def send(self, *fields):
        self.socket.sendall(("\t".join(map(str, fields)) + "\n").encode())
        total, rows, counts = self.lines.readline().rstrip("\n").split("\t")
        if total == "fault":
            raise RuntimeError(rows)
        counted = (pair.split("=") for pair in counts.split(",") if pair)
        return int(total), [int(row) for row in rows.split(",") if row], {int(code): int(n) for code, n in counted}

    def ping(self):
        self.send("ping")

    def ask(self, query):
        kind = {"nearest-20": "nearest", "misspelt": "misspelt", "suggest": "suggest"}.get(query["class"], "search")
        total, rows, counts = self.send(
            kind, " ".join(query["words"]), query["lat"], query["lon"], query["radius_m"],
            ",".join(map(str, query["need_codes"])),
            ";".join(",".join(map(str, codes)) for codes in query["filter_codes"]),
            int(bool(query["facets"])), " ".join(f"{lon} {lat}" for lon, lat in query["polygon"]), query["limit"])
        return Answer(rows, total if kind == "search" else None, counts)

    def change(self, record, word):
        """Sends the record anew with one more word; the answer comes when it is durable and visible."""
        points = ",".join(f"{lat!r} {lon!r}" for lat, lon in record.points)
        self.send("change", record.row, record.title, f"{record.text} {word}",
                  ",".join(map(str, record.needs)), ",".join(map(str, record.facets)), points)

    def seen(self, word):
        return self.send("search", word, 0, 0, 0, "", "", 0, "", 1)[0] > 0
