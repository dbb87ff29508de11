"""The world as the peers take it: one pass over world.jsonl into tab-separated tables that each of
them loads at its own best speed, so that nobody's build time has the reading of JSON in it.

    services.tsv  row, id, title, text, need codes, facet codes   (codes are numbers, joined by commas)
    venues.tsv    venue, row, lat, lon                            (public points)
    codes.json    {"needs": {id: code}, "facets": {"cost:free": code}}
"""

import itertools
import json
import re
from dataclasses import dataclass

BREAKS = re.compile(r"[\t\n\r\\\x00]+")


class Codes(dict):
    """Gives each new name the next number."""

    def __missing__(self, name):
        self[name] = len(self) + 1
        return self[name]


def prepare(world, folder):
    """Writes the tables and returns (services, venues)."""
    needs, facets, venues, services = Codes(), Codes(), 0, 0
    with open(world) as lines, open(folder / "services.tsv", "w") as table, open(folder / "venues.tsv", "w") as points:
        for services, line in enumerate(lines, 1):
            record = json.loads(line)
            flat = record["flat"]
            tagged = [facets[f"{name}:{value}"] for name, values in flat["facets"].items() for value in values]
            table.write("\t".join([
                str(services), record["service"]["id"], plain(flat["title"]), plain(flat["text"]),
                joined(needs[need] for need in flat["needs"]), joined(tagged),
            ]) + "\n")
            for lat, lon in flat["points"]:
                venues += 1
                points.write(f"{venues}\t{services}\t{lat!r}\t{lon!r}\n")
    (folder / "codes.json").write_text(json.dumps({"needs": needs, "facets": facets}))
    return services, venues


def plain(text):
    return BREAKS.sub(" ", text)


def joined(codes):
    return ",".join(str(code) for code in sorted(set(codes)))


def services(folder):
    """Rows as (row, id, title, text, [need], [facet])."""
    with open(folder / "services.tsv") as table:
        for line in table:
            row, name, title, text, needs, facets = line.rstrip("\n").split("\t")
            yield int(row), name, title, text, numbers(needs), numbers(facets)


def venues(folder):
    """Rows as (venue, row, lat, lon)."""
    with open(folder / "venues.tsv") as table:
        for line in table:
            venue, row, lat, lon = line.split("\t")
            yield int(venue), int(row), float(lat), float(lon)


@dataclass
class Record:
    row: int
    title: str
    text: str
    needs: list
    facets: list
    points: list


def records(folder, count):
    """The first services whole, with their points, to be changed."""
    found = {row: Record(row, title, text, needs, facets, [])
             for row, _, title, text, needs, facets in itertools.islice(services(folder), count)}
    for _, row, lat, lon in itertools.takewhile(lambda venue: venue[1] <= count, venues(folder)):
        found[row].points.append((lat, lon))
    return list(found.values())


def numbers(joined_codes):
    return [int(code) for code in joined_codes.split(",")] if joined_codes else []


class Work:
    """The queries, with needs and filters as the numbers that the tables have."""

    def __init__(self, path, folder):
        codes = json.loads((folder / "codes.json").read_text())
        self.names = {code: name for name, code in codes["facets"].items()}
        self.queries = [self.coded(json.loads(line), codes) for line in open(path)]

    @staticmethod
    def coded(query, codes):
        """An unknown name becomes 0, which nothing has."""
        query["need_codes"] = [codes["needs"].get(need, 0) for need in query["needs"]]
        query["filter_codes"] = [
            [codes["facets"].get(f"{name}:{value}", 0) for value in values]
            for name, values in sorted(query["filters"].items())
        ]
        return query

    def of(self, name):
        return [query for query in self.queries if query["class"] == name]

    def mixed(self):
        return [query for query in self.queries if query["class"] != "whole"]
