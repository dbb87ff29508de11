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


def resident(pids, all_of="Pss", own="Pss_Anon"):
    """Resident bytes: all, and the part not backed by a file. Processes that share pages share their weight."""
    sums = {"rss_bytes": 0, "own_bytes": 0}
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        for part, name in [("rss_bytes", all_of), ("own_bytes", own)]:
            sums[part] += 1024 * int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1))
    return sums


def load_average():
    return float(Path("/proc/loadavg").read_text().split()[0])
