"""What every peer gives back, and how it is timed and weighed."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Answer:
    rows: list
    total: int | None = None
    counts: dict = field(default_factory=dict)


class Timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.start


def resident(pids):
    """Proportional resident bytes: all, and the part not backed by a file (shared memory counts in all)."""
    sums = {"rss_bytes": 0, "own_bytes": 0}
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        sums["rss_bytes"] += 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))
        sums["own_bytes"] += 1024 * int(re.search(r"^Pss_Anon:\s+(\d+)", text, re.M).group(1))
    return sums


def load_average():
    return float(Path("/proc/loadavg").read_text().split()[0])
