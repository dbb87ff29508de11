"""Builds the peers over one world, asks them the same work in turns, and prints the table.

measure.py --world world.jsonl --work work.jsonl --scratch DIR --only sqlite,postgres,lucene [--ours out.json]
"""

import argparse
import json
import os
import signal
import statistics
import sys
from pathlib import Path

import agree
import table
import turns
import work
import world
from answer import load_average
from lucene import Lucene
from postgres import Postgres
from sqlite import Sqlite

PEERS = {"sqlite": Sqlite, "postgres": Postgres, "lucene": Lucene}


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    services, venues = world.prepare(args.world, args.scratch)
    say(f"{services} services, {venues} public venues")
    asked = world.Work(args.work, args.scratch)
    names = [name for name in PEERS if name in args.only.split(",")]
    peers = [PEERS[name](args.scratch) for name in names]
    result = {
        "services": services, "venues": venues, "seed": args.seed, "cores": os.cpu_count(), "engines": names,
        "queries": len(asked.of("words")), "classes": {}, "hits": {}, "load": {}, "right": {}, "build_load": {},
        "figures": {name: {} for name in names}, "agreement": [], "versions": {},
    }
    if peers:
        compare_answers(build_and_measure(peers, asked, args, result), asked, args.scratch, result)
    if args.ours:
        add_ours(json.loads(args.ours.read_text()), args.ours_load, result)
    if args.json:
        args.json.write_text(json.dumps(result, indent=1))
    print(table.rendered(result))


def build_and_measure(peers, asked, args, result):
    try:
        for peer in peers:
            build(peer, args.scratch, result)
        return measure(peers, asked, args, result)
    finally:
        for peer in peers:
            peer.stop()


def arguments():
    args = argparse.ArgumentParser(description="Measures the peers side by side.")
    args.add_argument("--world", type=Path, required=True)
    args.add_argument("--work", type=Path, required=True)
    args.add_argument("--scratch", type=lambda path: Path(path).resolve(), required=True)
    args.add_argument("--only", default=",".join(PEERS))
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--seconds", type=float, default=20, help="the longest a peer may take for a class")
    args.add_argument("--ours", type=Path, help="what our own bench wrote")
    args.add_argument("--ours-load", type=float, nargs=2, help="the load before and after our own bench")
    args.add_argument("--json", type=Path, help="where to write the figures")
    return args.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


def build(peer, folder, result):
    say(f"building {peer.name}")
    before = load_average()
    result["figures"][peer.name] |= peer.build(folder)
    result["build_load"][peer.name] = [before, load_average()]


def measure(peers, asked, args, result):
    """Every class by turns, then two clients at once, then changes; returns the answers."""
    answers, figures = {}, result["figures"]
    with turns.clients(peers) as first, turns.clients(peers) as second:
        for client in first:
            result["versions"][client.name] = client.ask("version")
            figures[client.name]["ping_ms"] = client.ask("pings")
        for name in work.CLASSES:
            if name != "whole":
                say(f"asking {name}")
                answers[name] = measure_class(name, first, asked, args.seconds, result)
        say("asking mixed")
        mixed = turns.measure_mixed(first, second, asked.mixed(), args.seconds)
        result["load"]["mixed"] = mixed["load"]
        for client in first:
            figures[client.name] |= client.ask("memory") | {"mixed_rate": mixed["rates"][client.name]}
        say("changing listings")
        measure_changes(first, args.scratch, result)
    return answers


def measure_class(name, opened, asked, seconds, result):
    found = turns.measure_class(opened, asked.of(name), seconds)
    result["classes"][name] = {peer: table.summary(times) for peer, times in found["times"].items()}
    result["hits"][name] = {peer: mean_total(given) for peer, given in found["answers"].items()}
    result["load"][name] = found["load"]
    return found["answers"]


def measure_changes(opened, folder, result):
    records = world.records(folder, turns.CHANGES + turns.CHANGE_WARMUP)
    before = load_average()
    for name, times in turns.measure_changes(opened, records).items():
        result["figures"][name] |= {"change_p50": statistics.median(times), "change_p95": table.percentile(times, 95)}
    result["load"]["change"] = [before, load_average()]


def mean_total(given):
    totals = [answer.total for answer in given if answer.total is not None]
    return statistics.fmean(totals) if totals else None


def compare_answers(answers, asked, folder, result):
    say("comparing answers")
    for name, given in answers.items():
        result["agreement"] += agree.between_peers(name, given) if len(given) > 1 else []
    result["agreement"] += agree.with_brute_force(folder, asked, answers)
    wanted = [query["right"] for query in asked.of("misspelt")]
    known = set(wanted)
    rows = {name: row for row, name, *_ in world.services(folder) if name in known}
    for peer, given in answers["misspelt"].items():
        found = [rows[name] in answer.rows for name, answer in zip(wanted, given)]
        result["right"][peer] = sum(found) / max(1, len(found))


def add_ours(ours, load, result):
    """The figures of our bench in the same places; it ran by itself, so its load stands by itself.

    {"classes": {name: {p50, p95, p99, mean_hits, right of misspelt, per_second of mixed}}, build_seconds,
    disk_bytes, rss_bytes, own_bytes, change_p50, change_p95}; what is missing shows as a dash.
    """
    result["build_load"][table.OURS] = load
    result["engines"] = result["engines"] + [table.OURS]
    result["figures"][table.OURS] = {key: value for key, value in ours.items() if key != "classes"}
    for name, found in ours["classes"].items():
        if name == "mixed":
            result["figures"][table.OURS]["mixed_rate"] = found.get("per_second")
            continue
        result["agreement"] += agree.with_ours(name, found, result["classes"].get(name, {}), result["hits"].get(name, {}))
        result["classes"].setdefault(name, {})[table.OURS] = found
        result["hits"].setdefault(name, {})[table.OURS] = found.get("mean_hits")
        if found.get("right") is not None:
            result["right"][table.OURS] = found["right"]


if __name__ == "__main__":
    main()
