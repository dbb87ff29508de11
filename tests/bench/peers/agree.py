"""Whether the peers answer alike: with one another, and where only place counts with brute force."""

import math
from array import array
from bisect import bisect_left, bisect_right

import world

RADIUS = 6371008.7714
GEO_ONLY = ["need-5km-filters-facets", "polygon-facets"]
ALLOWED = 0.001
CHECKED = {"need-5km-filters-facets": 40, "polygon-facets": 20, "nearest-20": 40}
SHOWN = 5


class Points:
    """All public points in order of latitude."""

    def __init__(self, folder):
        lats, lons, rows = array("d"), array("d"), array("l")
        for _, row, lat, lon in world.venues(folder):
            lats.append(lat), lons.append(lon), rows.append(row)
        order = sorted(range(len(lats)), key=lats.__getitem__)
        self.lats = array("d", (lats[i] for i in order))
        self.lons = array("d", (lons[i] for i in order))
        self.rows = array("l", (rows[i] for i in order))

    def band(self, south, north):
        return range(bisect_left(self.lats, south), bisect_right(self.lats, north))

    def within(self, lat, lon, metres):
        """The least distance of each service that has a point in the circle."""
        north, best = metres / 111_000, {}
        east = north / math.cos(math.radians(abs(lat) + north))
        for i in self.band(lat - north, lat + north):
            if abs(self.lons[i] - lon) <= east:
                far = distance(lat, lon, self.lats[i], self.lons[i])
                if far <= metres:
                    best[self.rows[i]] = min(far, best.get(self.rows[i], far))
        return best

    def nearest(self, lat, lon, count):
        metres = 500
        while len(best := self.within(lat, lon, metres)) < count and metres < 2_000_000:
            metres *= 2
        return sorted(best.values())[:count]

    def inside(self, ring):
        """Each edge turns the points north-south of it that lie to its west, from out to in and back."""
        odd = set()
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if y1 == y2:
                continue
            (x1, y1), (x2, y2) = sorted([(x1, y1), (x2, y2)], key=lambda corner: corner[1])
            for i in range(bisect_left(self.lats, y1), bisect_left(self.lats, y2)):
                if self.lons[i] < x1 + (x2 - x1) * (self.lats[i] - y1) / (y2 - y1):
                    odd ^= {i}
        return {self.rows[i] for i in odd}

    def place_of(self, wanted):
        """The points of some services."""
        found = {row: [] for row in wanted}
        for i, row in enumerate(self.rows):
            if row in found:
                found[row].append((self.lats[i], self.lons[i]))
        return found


def distance(lat1, lon1, lat2, lon2):
    north, east = math.radians(lat2 - lat1) / 2, math.radians(lon2 - lon1) / 2
    h = math.sin(north) ** 2 + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(east) ** 2
    return 2 * RADIUS * math.asin(min(1, math.sqrt(h)))


def off(one, other):
    return abs(one - other) / max(one, other, 1)


def between_peers(name, answers):
    """Lines on totals and counts: geo-only classes have to agree, others may differ by their words."""
    asked = min(map(len, answers.values()))
    lines, apart, differences = [], 0, []
    for i in range(asked):
        totals = {peer: given[i].total for peer, given in answers.items()}
        if None in totals.values():
            return []
        counts = [given[i].counts for given in answers.values()]
        differences.append(off(min(totals.values()), max(totals.values())))
        if name in GEO_ONLY and (differences[-1] > ALLOWED or any(counts_differ(counts[0], other) for other in counts[1:])):
            apart += 1
            lines += [f"  {name} query {i}: totals {totals}"] if apart <= SHOWN else []
    differences.sort()
    same = sum(1 for difference in differences if difference == 0)
    summary = f"{name}: the same total in {same} of {asked} queries"
    if same < asked:
        summary += f", median difference {differences[asked // 2]:.2%}, greatest {differences[-1]:.2%}"
    if apart:
        summary += f"; {apart} DISAGREE on total or counts by more than {ALLOWED:.1%}"
    return [summary] + lines


def with_ours(name, found, peers, hits):
    """Ours gives only the mean of its totals: to hold against a peer that answered as many queries."""
    if name not in GEO_ONLY:
        return []
    whole = [peer for peer, times in peers.items() if times["n"] == found.get("n", times["n"])]
    apart = [peer for peer in whole if off(hits[peer], found.get("mean_hits") or 0) > ALLOWED]
    return [f"{name}, ours: mean total {found.get('mean_hits')} DISAGREES with {peer}, {hits[peer]:.1f}" for peer in apart]


def counts_differ(one, other):
    """One service on the edge is no disagreement; more than the allowance is."""
    return any(abs(one.get(code, 0) - other.get(code, 0)) > max(1, ALLOWED * one.get(code, 0)) for code in one | other)


def with_brute_force(folder, work, answers):
    points = Points(folder)
    lines = []
    for name, check in [("need-5km-filters-facets", circles), ("polygon-facets", polygons), ("nearest-20", nearest)]:
        queries = work.of(name)[:CHECKED[name]]
        for peer, given in answers.get(name, {}).items():
            wrong = check(points, folder, queries, given)
            lines.append(f"{name}, {peer}: {len(wrong)} of {min(len(queries), len(given))} differ from brute force")
            lines += [f"  {fault}" for fault in wrong[:SHOWN]]
    return lines


def circles(points, folder, queries, given):
    there = [points.within(q["lat"], q["lon"], q["radius_m"]) for q in queries]
    tags = tags_of(folder, set().union(*there))
    wanted = [sum(1 for row in rows if passes(tags[row], query)) for rows, query in zip(there, queries)]
    return totals_apart(wanted, given)


def polygons(points, folder, queries, given):
    return totals_apart([len(points.inside(q["polygon"])) for q in queries], given)


def totals_apart(wanted, given):
    return [f"query {i}: {answer.total}, not {total}" for i, (total, answer) in enumerate(zip(wanted, given))
            if off(total, answer.total) > ALLOWED]


def nearest(points, folder, queries, given):
    """The distances have to be the same; services that share one spot may change places."""
    at = points.place_of({row for answer in given[:len(queries)] for row in answer.rows})
    faults = []
    for i, (query, answer) in enumerate(zip(queries, given)):
        lat, lon = query["lat"], query["lon"]
        got = sorted(min(distance(lat, lon, *point) for point in at[row]) for row in answer.rows)
        best = points.nearest(lat, lon, query["limit"])
        if len(got) != len(best) or any(abs(a - b) > 1 + 0.001 * b for a, b in zip(got, best)):
            faults.append(f"query {i}: the last at {got[-1:]} m, not {best[-1:]} m")
    return faults


def tags_of(folder, wanted):
    return {row: (set(needs), set(facets)) for row, _, _, _, needs, facets in world.services(folder) if row in wanted}


def passes(tags, query):
    needs, facets = tags
    return (not query["need_codes"] or needs & set(query["need_codes"])) and all(
        facets & set(codes) for codes in query["filter_codes"])
