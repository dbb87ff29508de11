"""The table: figures by class and engine, and ours over the best peer's."""

from work import CLASSES

OURS = "ours"
MIB = 1 << 20


def percentile(times, share):
    """The smallest time that at least this share of queries did not exceed."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def summary(times):
    return {"n": len(times), **{f"p{share}": percentile(times, share) for share in (50, 95, 99)}} if times else None


def rendered(result):
    """The whole report as text; engines are columns."""
    engines = result["engines"]
    return "\n".join(
        heading(result) + classes(result, engines) + [""] + whole(result, engines)
        + ["", "Misspelt, the right service on the first page: "
           + ", ".join(f"{name} {share:.0%}" for name, share in result["right"].items())]
        + ["", "Do they answer alike?", *result["agreement"]])


def heading(result):
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return [
        f"{result['services']} services, {result['venues']} public venues, seed {result['seed']}, {result['cores']} cores; {versions}",
        "Milliseconds p50 / p95 / p99 by class, one client; in brackets how many queries, where time ran out before all.",
        "Ratio: ours over the best peer, p50 and p95. Load: the machine's 1-minute average before and after.", "",
    ]


def classes(result, engines):
    rows = [["class", *engines, "ratio p50", "ratio p95", "hits", "load"]]
    for name in CLASSES:
        found = {engine: result["classes"].get(name, {}).get(engine) for engine in engines}
        rows.append([
            name, *(cell(found[engine], result["queries"]) for engine in engines),
            ratio(found, "p50"), ratio(found, "p95"), hits(result, name), loaded(result["load"].get(name)),
        ])
    return aligned(rows)


def cell(found, asked):
    if not found:
        return "–"
    short = f" ({found['n']})" if found.get("n", asked) < asked else ""
    return " / ".join(number(found[share]) for share in ("p50", "p95", "p99")) + short


def number(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def ratio(found, share, best=min):
    others = [each[share] for name, each in found.items() if name != OURS and each]
    if not others or not found.get(OURS):
        return "–"
    return f"{found[OURS][share] / best(others):.2f}"


def hits(result, name):
    """Mean totals by engine, once if they are the same."""
    means = [f"{mean:.0f}" for mean in result["hits"].get(name, {}).values() if mean is not None]
    return " ".join(dict.fromkeys(means)) or "–"


def whole(result, engines):
    """What is not a class: throughput, changes, build, size, memory."""
    figures = result["figures"]
    rows = [["", *engines, "ratio", "load"]]
    for name, key, scale, best in [
        ("mixed, two clients, queries a second", "mixed_rate", 1, max),
        ("one change, durable and visible, median ms", "change_p50", 1, min),
        ("one change, durable and visible, p95 ms", "change_p95", 1, min),
        ("build, seconds", "build_seconds", 1, min),
        ("on disk, MiB", "disk_bytes", MIB, min),
        ("resident, MiB", "rss_bytes", MIB, min),
        ("of which not file pages, MiB", "own_bytes", MIB, min),
        ("empty round trip of the client, ms", "ping_ms", 1, min),
    ]:
        found = {engine: {key: figures[engine][key] / scale} if figures[engine].get(key) is not None else None for engine in engines}
        cells = [number(found[engine][key]) if found[engine] else "–" for engine in engines]
        rows.append([name, *cells, ratio(found, key, best), built_under(result, key)])
    return aligned(rows)


def built_under(result, key):
    if key == "build_seconds":
        return ", ".join(f"{name} {loaded(load)}" for name, load in result["build_load"].items())
    return loaded(result["load"].get({"mixed_rate": "mixed", "change_p50": "change", "change_p95": "change"}.get(key)))


def loaded(load):
    return f"{load[0]:.1f} → {load[1]:.1f}" if load else "–"


def aligned(rows):
    """A Markdown table whose columns line up as text."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |" for row in rows]
    return lines[:1] + ["|" + "|".join("-" * (width + 2) for width in widths) + "|"] + lines[1:]
