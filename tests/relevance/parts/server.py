"""Servers of our own: started on loopback with fresh state, asked over the API, and ended."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("RELEVANCE_DATA", ROOT.parent / "shared" / "data"))
# Settings of whoever runs this must not reach the servers that are measured.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("HEREABOUTS_")}
GEOGRAPHY = [
    "nspl_shaped_england.csv.gz",
    "LAD25_england_bgc_simpl.geojson.gz",
    "WD25_england_bgc_simpl.geojson.gz",
    "ICB24_england_bgc_simpl.geojson.gz",
    "LSOA21_england_bgc_simpl.geojson.gz",
    "MSOA21_england_bgc_simpl.geojson.gz",
    "need_lsoa21_england.csv.gz",
]
DIRECTORIES = {
    "trafford": "trafford",
    "ukcat_charities.jsonl.gz": "ukcat",
    "bristol_oruk": "bristol",
    "moj_rehabilitative": "moj",
}
START_SECONDS = 90
# So many words in a row that find nothing new end the walk.
IN_VAIN = 60


def program() -> str:
    """The program to measure: $HEREABOUTS, else the release build, which is made when absent."""
    named = os.environ.get("HEREABOUTS")
    if named:
        return named
    built = ROOT / "target" / "release" / "hereabouts"
    if not built.exists():
        subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    return str(built)


def real_data_is_there() -> bool:
    folders = [DATA / "directories" / name for name in DIRECTORIES]
    return all(path.exists() for path in folders + [DATA / "geo" / name for name in GEOGRAPHY])


class Server:
    """A server over one directory, `demo` or `real`, in a state folder that ends with it."""

    def __init__(self, which: str):
        self.which = which
        self.state = tempfile.mkdtemp(prefix=f"hereabouts-{which}-")
        self.port = free_port()
        self.process = None
        self.connection = None
        if which == "real":
            self.load()

    def load(self) -> None:
        geography = [str(DATA / "geo" / name) for name in GEOGRAPHY]
        self.command("geo", "import", *geography)
        for name, source in DIRECTORIES.items():
            self.command("import", str(DATA / "directories" / name), "--source", source)

    def command(self, *words: str) -> None:
        done = subprocess.run(
            [program(), *words, "--state", self.state],
            capture_output=True, text=True, check=False, env=CLEAN,
        )
        # An import with faults in single records still loads the rest, and says so by its status.
        if done.returncode not in (0, 1):
            raise SystemExit(f"`hereabouts {' '.join(words[:2])}` failed:\n{done.stderr[-2000:]}")

    def start(self, config: str | None = None) -> "Server":
        listen = ["--state", self.state, "--listen", f"127.0.0.1:{self.port}"]
        chosen = ["--config", config] if config else []
        verb = "demo" if self.which == "demo" else "serve"
        log = open(os.path.join(self.state, "server.log"), "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [program(), verb, *listen, *chosen], stdout=log, stderr=subprocess.STDOUT, env=CLEAN
        )
        log.close()
        self.wait()
        return self

    def wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                self.get("search", per_page=1)
                return
            except OSError:
                self.connection = None
                time.sleep(0.1)
        log = Path(self.state, "server.log").read_text(encoding="utf-8")
        self.end()
        raise SystemExit(f"the {self.which} server did not start:\n{log[-2000:]}")

    def stop(self) -> None:
        """Stops the server and keeps its state, so that it can start with other settings."""
        if self.connection:
            self.connection.close()
            self.connection = None
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.state, ignore_errors=True)

    def get(self, path: str, **query) -> dict:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.request("GET", f"/api/v1/{path}?{urlencode(query, doseq=True)}")
        reply = self.connection.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise SystemExit(f"{self.which}: /api/v1/{path} {query} gave {reply.status}: {body[:300]}")
        return json.loads(body)

    def ask(self, query: dict, count: int) -> dict:
        return self.get("search", **{**query, "per_page": count})

    def services(self) -> list[dict]:
        """Every listing in full, found through the search and its pages."""
        return [self.get(f"services/{one}") for one in sorted(self.ids())]

    def ids(self) -> set[str]:
        """A search shows its first thousand, so a large directory is walked by need, then by the
        words of the names that were seen, until all are."""
        names: dict[str, str] = {}
        total = self.walk(names)
        for group in self.get("needs")["groups"] if len(names) < total else []:
            for need in group["needs"]:
                self.walk(names, need=need["id"])
        walked: set[str] = set()
        in_vain = 0
        while len(names) < total and in_vain < IN_VAIN:
            word = next_word(names, walked)
            if word is None:
                break
            walked.add(word)
            before = len(names)
            self.walk(names, q=word, words="only", spell=0)
            in_vain = 0 if len(names) > before else in_vain + 1
        if len(names) < total:
            print(f"note: {total - len(names)} of {total} {self.which} listings could not be exported")
        return set(names)

    def walk(self, names: dict[str, str], **query) -> int:
        page, pages, total = 0, 1, 0
        while page < pages:
            page += 1
            found = self.get("search", per_page=100, page=page, **query)
            names.update({one["id"]: one["name"] for one in found["results"]})
            pages, total = found["pages"], found["total"]
        return total


def next_word(names: dict[str, str], walked: set[str]) -> str | None:
    counts = Counter(word for name in names.values() for word in re.findall(r"[a-z]{3,}", name.lower()))
    return next((word for word, _ in counts.most_common() if word not in walked), None)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
