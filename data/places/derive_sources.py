"""Reading the source files, and the little geometry that the derivations share."""

import csv
import gzip
import json
import math
from array import array
from collections import Counter, defaultdict

METRES_PER_DEGREE = 111_195.0

# Cells of about a kilometre: one ring of neighbours then covers every search we make.
CELL_LAT, CELL_LON = 0.01, 0.016


def rows(folder, name):
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def features(folder, layer):
    path = folder / f"{layer}_england_bgc_simpl.geojson.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)["features"]


def metres(lat1, lon1, lat2, lon2):
    """Flat-earth distance: within 0.1% over the few kilometres it is used for."""
    east = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(lat2 - lat1, east) * METRES_PER_DEGREE


def polygons(geometry):
    single = geometry["type"] == "Polygon"
    return [geometry["coordinates"]] if single else geometry["coordinates"]


def rings(geometry):
    return [ring for polygon in polygons(geometry) for ring in polygon]


def bounds(geometry):
    points = [point for ring in rings(geometry) for point in ring]
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def ring_contains(ring, lat, lon):
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def contains(geometry, lat, lon):
    """Even-odd over every ring, so holes and islands need no special case."""
    return sum(ring_contains(ring, lat, lon) for ring in rings(geometry)) % 2 == 1


def ranked(counter):
    """Keys, most first; ties by code so that every run gives the same bytes."""
    return [key for key, _ in sorted(counter.items(), key=lambda item: (-item[1], item[0]))]


class Postcodes:
    """The live English postcodes, held by column because there are 1.5 million."""

    def __init__(self, folder):
        self.lat, self.lon = array("d"), array("d")
        self.code, self.lad, self.icb, self.region = [], [], [], []
        self.lsoa_lad = defaultdict(Counter)
        self.demo = []
        shared = {}
        for row in rows(folder, "nspl_shaped_england"):
            self._add(row, shared)
        self._cells = defaultdict(list)
        for i, (lat, lon) in enumerate(zip(self.lat, self.lon)):
            self._cells[self._cell(lat, lon)].append(i)

    def _add(self, row, shared):
        lat, lon = float(row["lat"]), float(row["long"])
        # The file's mark for "no grid reference" is 99.999999, 0.000000.
        if row["doterm"] or lat > 90 or not row["lad25cd"].startswith("E"):
            return
        self.lat.append(lat)
        self.lon.append(lon)
        self.code.append(row["pcds"])
        # The column is headed icb23cd but holds the 2024 codes.
        columns = ((self.lad, "lad25cd"), (self.icb, "icb23cd"), (self.region, "rgn25cd"))
        for column, key in columns:
            column.append(shared.setdefault(row[key], row[key]))
        self.lsoa_lad[row["lsoa21cd"]][row["lad25cd"]] += 1
        if row["lad25cd"] == DEMO_LAD:
            self.demo.append(
                (row["pcds"], lat, lon, row["lsoa21cd"], row["msoa21cd"], row["wd25cd"])
            )

    def __len__(self):
        return len(self.code)

    def groups(self, key):
        """Postcode numbers grouped by `key(number)`."""
        found = defaultdict(list)
        for i in range(len(self)):
            found[key(i)].append(i)
        return found

    def mean(self, members):
        count = len(members)
        return (
            math.fsum(self.lat[i] for i in members) / count,
            math.fsum(self.lon[i] for i in members) / count,
        )

    def spread(self, members, centre):
        """The distance from the centre that nine postcodes in ten are within."""
        away = sorted(metres(*centre, self.lat[i], self.lon[i]) for i in members)
        return away[math.ceil(0.9 * len(away)) - 1]

    @staticmethod
    def _cell(lat, lon):
        return math.floor(lat / CELL_LAT), math.floor(lon / CELL_LON)

    def _ring(self, cell, width):
        for y in range(-width, width + 1):
            for x in range(-width, width + 1):
                if max(abs(x), abs(y)) == width:
                    yield from self._cells.get((cell[0] + y, cell[1] + x), ())

    def _distance(self, i, lat, lon):
        return metres(lat, lon, self.lat[i], self.lon[i])

    def nearest(self, lat, lon, reach_cells=12):
        """The nearest postcode and its distance, or `(None, inf)` beyond about 12 km."""
        cell, best = self._cell(lat, lon), (math.inf, None)
        for width in range(reach_cells + 1):
            # A ring this far out cannot hold anything nearer than this.
            if best[0] < (width - 1) * 950:
                break
            for i in self._ring(cell, width):
                best = min(best, (self._distance(i, lat, lon), i))
        return best[1], best[0]

    def within_a_kilometre(self, lat, lon):
        cell = self._cell(lat, lon)
        near = (i for width in (0, 1) for i in self._ring(cell, width))
        return sum(self._distance(i, lat, lon) <= 1000 for i in near)


# The demonstration area is Wigan Borough.
DEMO_LAD = "E08000010"
