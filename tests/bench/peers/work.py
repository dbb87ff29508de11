"""Makes the queries that every engine is asked: work.py world.jsonl --seed S --queries K > work.jsonl

A line is one query, a JSON object:

    class     one of CLASSES
    words     1 to 4 words, all of which have to be in the text ([] where the class has none);
              of "suggest" the one typed prefix, of "misspelt" the words of a title
    misspelt  whether one of the words carries a typing error of one edit
    right     of "misspelt": the id of the service whose title it was, else null
    lat, lon  the centre, a public point of a record
    radius_m  the reach in metres; 0 where the class has none
    needs     need ids, any of which will do ([] for all)
    filters   {facet: [values]}: any value of a facet will do, each facet has to
    facets    the facets to count, over distinct services that match the whole query, filters included
    polygon   [[lon, lat], …], closed, planar in degrees, or []
    council   a council of the record at the centre, or null (for "whole")
    codes     areas that the record at the centre serves (for "whole")
    limit     how many of the best to give

What each class answers: ids of the best `limit`, and except for "nearest-20", "suggest" and
"misspelt" the exact total of distinct services. Best is: BM25 (or what stands for it) where there
are words; distance to the nearest venue where there is only a radius; any order in a polygon.
"suggest" gives titles that begin with the prefix, in any order.

"mixed" has no lines of its own: it is every line but those of "whole", in the order of the file,
which takes one of each class in turn. Client i of two begins at line i × lines / 2.
"""

import argparse
import json
import math
import random
import re
import sys
from collections import Counter

CLASSES = [
    "words", "words-5km", "nearest-20", "need-5km-filters-facets", "words-place-filters-facets",
    "whole", "polygon-facets", "misspelt", "suggest",
]
FACETS = ["cost", "delivery", "access", "language", "sector"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = re.compile(r"[^\W\d_]{3,}")
# Words that one engine's English drops and another's does not are not asked.
STOP = set("""
    about above after again against all and any are because been before being below between both but can did does doing
    don down during each few for from further had has have having her here hers herself him himself his how into its
    itself just more most myself nor not now off once only other our ours ourselves out over own same she should some
    such than that the their theirs them themselves then there these they this those through too under until very was
    were what when where which while who whom why will with you your yours yourself yourselves
""".split())
TITLE = re.compile(rb'"title":\s*("(?:[^"\\]|\\.)*")')
SAMPLE = 20_000


class Sample:
    """Records drawn evenly from the world, the words most of them use, and the titles that only one bears."""

    def __init__(self, path, rng):
        self.records, titles = [], Counter()
        with open(path, "rb") as world:
            for number, line in enumerate(world):
                titles[title_in(line)] += 1
                place = number if number < SAMPLE else rng.randrange(number + 1)
                if place < SAMPLE:
                    self.records[place:place + 1] = [line]
        self.records = [json.loads(line) for line in self.records]
        self.alone = {title for title, count in titles.items() if count == 1}
        seen = Counter(word for record in self.records for word in set(words_of(record["flat"]["text"])))
        self.common = [word for word, _ in seen.most_common(20)]
        self.placed = [record for record in self.records if record["flat"]["points"]]
        self.named = [record for record in self.records if self.can_be_misspelt(record)]

    def can_be_misspelt(self, record):
        title = record["flat"]["title"]
        words = words_of(title)
        return title in self.alone and 2 <= len(words) <= 8 and any(len(word) >= 5 for word in words)


def title_in(line):
    """The title of the flat part, which stands last, without reading the whole line."""
    found = TITLE.search(line, max(line.rfind(b'"title"'), 0))
    return json.loads(found.group(1)) if found else ""


def words_of(text):
    return [word for word in WORD.findall(text.lower()) if word not in STOP]


def some_words(rng, sample, record):
    """One to four words of a record; every second query has a word that very many use."""
    own = list(dict.fromkeys(words_of(record["flat"]["text"])))
    chosen = rng.sample(own, min(len(own), rng.randint(1, 4)))
    if rng.random() < 0.5:
        common = [word for word in sample.common if word in own] or sample.common
        chosen = list(dict.fromkeys([rng.choice(common)] + chosen))[:4]
    return chosen


def some_filters(rng, record):
    """Filters on two facets that the record itself passes."""
    facets = record["flat"]["facets"]
    held = [name for name in FACETS if facets.get(name)]
    return {name: [rng.choice(facets[name])] for name in rng.sample(held, min(2, len(held)))}


def some_polygon(rng, lat, lon):
    """A closed outline of 500 corners, wavy like a council's, 6 to 15 km from its middle."""
    reach = rng.uniform(6_000, 15_000)
    waves = [(k, rng.uniform(0, 0.35 / k ** 0.8), rng.uniform(0, math.tau)) for k in (2, 3, 5, 9, 17, 40)]
    ring = []
    for corner in range(500):
        angle = math.tau * corner / 500
        far = reach * max(0.2, 1 + sum(a * math.cos(k * angle + p) for k, a, p in waves))
        north, east = far * math.sin(angle) / 111_195, far * math.cos(angle) / 111_195
        ring.append([round(lon + east / math.cos(math.radians(lat)), 6), round(lat + north, 6)])
    return ring + ring[:1]


def misspell(rng, words):
    """One edit, never of the first letter, in one word of five letters or more."""
    at = rng.choice([i for i, word in enumerate(words) if len(word) >= 5])
    word, place = words[at], rng.randrange(1, len(words[at]) - 1)
    letter = rng.choice([c for c in LETTERS if c != word[place]])
    wrong = rng.choice([
        word[:place] + word[place + 1:],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1:],
        word[:place] + word[place + 1] + word[place] + word[place + 2:],
    ])
    return misspell(rng, words) if wrong == word else words[:at] + [wrong] + words[at + 1:]


def query(rng, sample, name):
    record = rng.choice(sample.named if name == "misspelt" else sample.placed)
    flat = record["flat"]
    lat, lon = rng.choice(flat["points"] or rng.choice(sample.placed)["flat"]["points"])
    asked = {
        "class": name, "words": [], "misspelt": False, "right": None, "lat": lat, "lon": lon, "radius_m": 0,
        "needs": [], "filters": {}, "facets": [], "polygon": [], "council": None, "codes": [], "limit": 20,
    }
    if name in ("words", "words-5km", "words-place-filters-facets", "whole"):
        asked["words"] = some_words(rng, sample, record)
    if name in ("words-5km", "need-5km-filters-facets"):
        asked["radius_m"] = 5_000
    if name in ("words-place-filters-facets", "whole"):
        asked["radius_m"] = 10_000
    if name == "need-5km-filters-facets":
        asked["needs"] = [rng.choice(flat["needs"])] if flat["needs"] else []
    if name.endswith("filters-facets") or name == "whole":
        asked |= {"filters": some_filters(rng, record), "facets": FACETS}
    if name == "polygon-facets":
        asked |= {"polygon": some_polygon(rng, lat, lon), "facets": FACETS}
    if name == "whole":
        asked |= {"council": next(iter(flat["councils"]), None), "codes": flat["serves"]}
    if name == "misspelt":
        asked |= {"words": misspell(rng, words_of(flat["title"])), "misspelt": True, "right": record["service"]["id"]}
    if name == "suggest":
        asked["words"] = [flat["title"].lower()[:rng.randint(2, 6)].rstrip()]
    return asked


def main():
    args = argparse.ArgumentParser(description="Makes the queries that every engine is asked.")
    args.add_argument("world")
    args.add_argument("--seed", type=int, required=True)
    args.add_argument("--queries", type=int, required=True, help="how many of each class")
    args = args.parse_args()
    rng = random.Random(args.seed)
    sample = Sample(args.world, rng)
    if not sample.placed or not sample.named:
        sys.exit("the world has no service with a public point and a title of its own")
    for _ in range(args.queries):
        for name in CLASSES:
            print(json.dumps(query(rng, sample, name)))


if __name__ == "__main__":
    main()
