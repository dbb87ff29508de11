"""Outlines of the demonstration area: its councils, ICBs, wards, MSOAs and neighbourhoods.

The source layers are already thinned to four decimals, each as a whole, so that
neighbours of one layer share their borders exactly. Nothing is simplified again here:
that would only lose agreement, and the files are small.
"""

import json
from collections import defaultdict

from derive_sources import DEMO_LAD, bounds, contains, features, polygons, ring_contains, rings

LAYERS = {
    # kind: (file, code, name)
    "council": ("LAD25", "LAD25CD", "LAD25NM"),
    "icb": ("ICB24", "ICB24CD", "ICB24NM"),
    "ward": ("WD25", "WD25CD", "WD25NM"),
    "msoa": ("MSOA21", "MSOA21CD", "MSOA21HCLNM"),
}

# Invented for the demonstration. Members are the last four digits of E0200….
NEIGHBOURHOODS = [
    ("Wigan central", "1292 1294 1295 1301 1306"),
    ("Wigan west and Orrell", "1291 1296 1297 1300 1304 1307"),
    ("Standish, Shevington and Aspull", "1287 1288 1289 1290 1293"),
    ("Hindley and Ince", "1298 1299 1302 1305 1310 1312"),
    ("Ashton and Bryn", "1318 1321 1322"),
    ("Golborne and Lowton", "1324 1325 1326"),
    ("Leigh town", "1313 1316 1317 1319 1320 1323"),
    ("Atherton and Tyldesley", "1303 1308 1309 1311 1314 1315"),
]


def boundaries(folder, demo_icbs):
    """Features of the demonstration area. `demo_icbs`: those of it and its neighbours."""
    found = []
    for kind, (layer, code, name) in LAYERS.items():
        for feature in _wanted(kind, features(folder, layer), demo_icbs):
            found.append(_feature(kind, layer, feature, code, name))
    return sorted(found, key=lambda f: (f["properties"]["kind"], f["properties"]["code"]))


def _wanted(kind, layer, demo_icbs):
    if kind == "icb":
        return [f for f in layer if f["properties"]["ICB24CD"] in demo_icbs]
    own = [f for f in layer if f["properties"]["LAD25CD"] == DEMO_LAD]
    if kind != "council":
        return own
    border = _points(own[0])
    return [f for f in layer if border & _points(f)]


def _points(feature):
    return {tuple(point) for ring in rings(feature["geometry"]) for point in ring}


def _feature(kind, layer, feature, code, name):
    properties = feature["properties"]
    return {
        "type": "Feature",
        "properties": {
            "code": properties[code],
            "name": properties[name],
            "kind": kind,
            "edition": layer,
            "lad": properties.get("LAD25CD", ""),
        },
        "geometry": _rounded(feature["geometry"]),
    }


def _rounded(geometry):
    coordinates = [
        [[[round(x, 4), round(y, 4)] for x, y in ring] for ring in polygon]
        for polygon in polygons(geometry)
    ]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def neighbourhoods(outlines):
    msoas = {
        f["properties"]["code"]: f["geometry"]
        for f in outlines
        if f["properties"]["kind"] == "msoa"
    }
    found = []
    for number, (name, members) in enumerate(NEIGHBOURHOODS, 1):
        codes = [f"E0200{member}" for member in members.split()]
        found.append(_neighbourhood(number, name, codes, msoas))
    used = sorted(code for f in found for code in f["properties"]["members"])
    if used != sorted(msoas):
        raise ValueError("the neighbourhoods do not cover each MSOA exactly once")
    return found


def _neighbourhood(number, name, codes, msoas):
    return {
        "type": "Feature",
        "properties": {
            "code": f"DEMO-N{number}",
            "name": name,
            "kind": "neighbourhood",
            "edition": "demonstration",
            "lad": DEMO_LAD,
            "members": codes,
        },
        "geometry": dissolve([msoas[code] for code in codes]),
    }


def dissolve(geometries):
    """The outline of areas that share borders exactly: a border walked both ways cancels."""
    edges = set()
    for geometry in geometries:
        for ring in rings(geometry):
            for edge in zip(map(tuple, ring), map(tuple, ring[1:])):
                if edge[::-1] in edges:
                    edges.discard(edge[::-1])
                else:
                    edges.add(edge)
    return _multipolygon(_walk(edges))


def _walk(edges):
    onward = defaultdict(list)
    for start, end in sorted(edges, reverse=True):
        onward[start].append(end)
    found = []
    for start in sorted(onward):
        while onward[start]:
            ring = [start]
            while len(ring) == 1 or ring[-1] != start:
                ring.append(onward[ring[-1]].pop())
            found.append(ring)
    return found


def _multipolygon(found):
    """Outer rings run one way and holes the other, as they did in the areas themselves."""
    largest = max(found, key=lambda ring: abs(_area(ring)))
    outers = [ring for ring in found if _area(ring) * _area(largest) > 0]
    holes = [ring for ring in found if _area(ring) * _area(largest) < 0]
    coordinates = [
        [outer] + [hole for hole in holes if ring_contains(outer, hole[0][1], hole[0][0])]
        for outer in outers
    ]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def _area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])) / 2


def agreement(outlines, demo_postcodes):
    """Of the postcodes, the share whose own code is that of the outline they fall in."""
    shares = {}
    for kind, column in (("ward", 5), ("msoa", 4)):
        layer = [
            (f["properties"]["code"], f["geometry"], bounds(f["geometry"]))
            for f in outlines
            if f["properties"]["kind"] == kind
        ]
        right = sum(_locate(layer, row[1], row[2]) == row[column] for row in demo_postcodes)
        shares[kind] = right / len(demo_postcodes)
    return shares


def _locate(layer, lat, lon):
    for code, geometry, (west, south, east, north) in layer:
        if west <= lon <= east and south <= lat <= north and contains(geometry, lat, lon):
            return code
    return None


def collection(about, found):
    """One feature to a line, so that a change shows as the feature it touches."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in found
    )
    header = json.dumps(about, ensure_ascii=False)
    return f'{{"type":"FeatureCollection","about":{header},"features":[\n{lines}\n]}}\n'
