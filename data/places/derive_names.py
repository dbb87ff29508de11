"""Place names: four sources merged into one list that a search box can answer from.

No single source is enough: GeoNames' populated places lack Standish, its postal
places lack Armley, and Platt Bridge is found only inside an MSOA's name. They are
taken best first, and a later row is dropped when a kept place of the same name is near.
"""

import math
import re
import unicodedata
from collections import defaultdict

from derive_sources import metres, rows

SOURCE_RANK = {"geonames_populated": 0, "geonames_postal": 1, "msoa21_hcl_name": 2, "ward25": 3}

# Holders of city status in England (public fact); GeoNames' rows here carry no kind.
CITIES = """Bath|Birmingham|Bradford|Brighton|Bristol|Cambridge|Canterbury|Carlisle|Chelmsford
Chester|Chichester|Colchester|Coventry|Derby|Doncaster|Durham|Ely|Exeter|Gloucester|Hereford
Kingston upon Hull|Lancaster|Leeds|Leicester|Lichfield|Lincoln|Liverpool|London|Manchester
Milton Keynes|Newcastle upon Tyne|Norwich|Nottingham|Oxford|Peterborough|Plymouth|Portsmouth
Preston|Ripon|Salford|Salisbury|Sheffield|Southampton|Southend-on-Sea|St Albans|Stoke-on-Trent
Sunderland|Truro|Wakefield|Wells|Westminster|Winchester|Wolverhampton|Worcester|York"""

LONDON = "E12000007"
TOWN_POPULATION = 5_000
# A city this big has named suburbs that GeoNames lists as places of their own.
BIG_CITY_POPULATION = 100_000
# About 1,700 homes to the square kilometre: a built-up place and not a village.
SUBURB_POSTCODES = 150

SAME_PLACE_METRES = 3_000
# A ward's or MSOA's centre lies further from the place that it is named after.
SAME_AREA_METRES = 5_000
# A point that is only an outcode's centre may be this far from the place itself; it is
# taken for the same place only inside that outcode, or Newton by Tattenhall would be lost
# to the Newton in Chester.
SAME_APPROXIMATE_METRES = 10_000
LARGEST_TOWN_METRES = 15_000
# Points further than this from any English postcode are not in England.
FURTHEST_METRES = 5_000

PARTS = re.compile(r"\s*(?:,|/|&|\s-\s|\band\b|\bwith\b)\s*")
COMPASS = r"(?:North|South|East|West|(?:North|South)[- ]?(?:East|West)|Central|Centre|Rural)"
TRAILING_COMPASS = re.compile(rf"(?:[\s-]+{COMPASS})+$", re.IGNORECASE)
# "Swindon Town" is Swindon, but "Camden Town" and "Welwyn Garden City" are names.
TRAILING_SETTLEMENT = re.compile(r" (?:town|village|city)$")
NOT_A_NAME = re.compile(
    rf"(?:(?:the|Inner|Outer|Town|City|Village|University|Hospital|District|{COMPASS})\b\s*)+$",
    re.IGNORECASE,
)
# "Rye i East Sussex" is how other languages tell places apart; "York (England)" likewise.
FOREIGN = re.compile(r" (?:i|osh)\b|\(")
BRACKETS = re.compile(r"\s*\(.*?\)")


def fold(name):
    """What two spellings of one name share. The reader folds a question in the same way."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("&", " and ").replace("'", "").replace(".", " ")
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join("st" if word == "saint" else word for word in words)


CITY_FOLDS = {fold(name) for line in CITIES.splitlines() for name in line.split("|")}


class Name:
    """One candidate row; `approx` when its point is only an outcode's centre."""

    def __init__(self, name, rank, lat, lon, population=0, approx=False, aliases=()):
        self.name, self.rank, self.fold = name, rank, fold(name)
        self.lat, self.lon, self.approx = lat, lon, approx
        self.population, self.aliases = population, set(aliases)
        self.kind = self.lad = self.region = self.outcode = ""
        # How many areas of the same rank share this row: their centres are averaged.
        self.areas = 1

    def order(self):
        return (self.rank, -self.population, self.approx, self.fold, self.lat, self.lon, self.name)

    def away(self, other):
        return metres(self.lat, self.lon, other.lat, other.lon)

    def radius(self):
        """Large towns are kilometres wide: Preston (the city) is still Preston at PR11."""
        return min(LARGEST_TOWN_METRES, 20 * math.sqrt(self.population))


def names(folder, postcodes, outcodes):
    candidates = sorted(_candidates(folder, outcodes), key=Name.order)
    kept = _merge([name for name in candidates if _locate(name, postcodes)])
    cities = _mark_kinds(kept, postcodes)
    _mark_suburbs(kept, cities)
    return sorted(kept, key=lambda n: (n.fold, n.lad, n.lat, n.lon))


def _candidates(folder, outcodes):
    table = list(rows(folder, "places_england"))
    shared = _shared_points(table)
    for row in table:
        lat, lon, rank = float(row["lat"]), float(row["long"]), SOURCE_RANK[row["source"]]
        if rank == 0:
            aliases = _aliases(row["name"], row["alternates"])
            yield Name(row["name"], rank, lat, lon, int(row["population"] or 0), False, aliases)
        elif rank == 1:
            yield _postal(row["name"], row["context"], lat, lon, shared, outcodes)
        else:
            for part in parts(row["name"]):
                yield Name(part, rank, lat, lon)


def _shared_points(table):
    """Points given to several names: villages placed at the centre of their outcode."""
    names_at = defaultdict(set)
    for row in table:
        if row["source"] == "geonames_postal":
            names_at[float(row["lat"]), float(row["long"])].add(fold(row["name"]))
    return {point for point, found in names_at.items() if len(found) > 1}


def _postal(name, outcode, lat, lon, shared, outcodes):
    centre = outcodes.get(outcode)
    approx = (lat, lon) in shared or centre is None
    if centre:
        # A point well outside its own outcode is a slip of the source.
        centre_lat, centre_lon, spread = centre
        if metres(lat, lon, centre_lat, centre_lon) > 3 * spread + SAME_PLACE_METRES:
            lat, lon, approx = centre_lat, centre_lon, True
    found = Name(BRACKETS.sub("", name), 1, lat, lon, approx=approx)
    found.outcode = outcode
    return found


def _aliases(name, alternates):
    """Keeps spellings with more or fewer words (Hull); drops codes and transliterations."""
    own = set(fold(name).split())
    found = {}
    for alias in alternates.split("|"):
        words = set(fold(alias).split())
        more_or_fewer = words < own or own < words
        foreign = not alias.isascii() or FOREIGN.search(alias)
        if more_or_fewer and not foreign and len(fold(alias)) > 3 and not alias.isupper():
            found.setdefault(fold(alias), alias)
    return found.values()


def parts(name):
    """The places inside an area's name: "Platt Bridge & Spring View" holds two."""
    for part in PARTS.split(BRACKETS.sub("", name)):
        part = TRAILING_COMPASS.sub("", part).strip()
        if len(part) > 2 and not NOT_A_NAME.match(part):
            yield part[0].upper() + part[1:]


def _merge(candidates):
    kept, by_fold = [], defaultdict(list)
    for candidate in candidates:
        same = [name for name in by_fold[candidate.fold] if _same_place(name, candidate)]
        if same:
            _absorb(min(same, key=candidate.away), candidate)
        elif not _is_part_of_a_town(candidate, by_fold):
            kept.append(candidate)
            for key in {candidate.fold, *map(fold, candidate.aliases)}:
                by_fold[key].append(candidate)
    return kept


def _is_part_of_a_town(candidate, by_fold):
    town = TRAILING_SETTLEMENT.sub("", candidate.fold)
    return (
        candidate.rank >= 2
        and town != candidate.fold
        and any(name.rank < 2 and _same_place(name, candidate) for name in by_fold[town])
    )


def _same_place(kept, candidate):
    limit = SAME_PLACE_METRES
    if candidate.rank >= 2:
        limit = SAME_AREA_METRES
    if (kept.approx or candidate.approx) and kept.outcode == candidate.outcode:
        limit = SAME_APPROXIMATE_METRES
    return kept.away(candidate) <= max(limit, kept.radius())


def _absorb(kept, other):
    if kept.approx and not other.approx:
        kept.lat, kept.lon, kept.approx = other.lat, other.lon, False
        kept.lad, kept.region = other.lad, other.region
    elif kept.rank == other.rank and kept.rank >= 2:
        kept.lat = (kept.lat * kept.areas + other.lat) / (kept.areas + 1)
        kept.lon = (kept.lon * kept.areas + other.lon) / (kept.areas + 1)
        kept.areas += 1
    # Official areas spell their towns with care: Ashton-in-Makerfield, St Ives.
    if other.rank >= 2 and kept.rank < 2 and kept.fold == other.fold:
        kept.name = other.name


def _locate(name, postcodes):
    """The council, region and outcode of the nearest postcode; false outside England."""
    nearest, distance = postcodes.nearest(name.lat, name.lon)
    if distance > FURTHEST_METRES:
        return False
    name.lad, name.region = postcodes.lad[nearest], postcodes.region[nearest]
    name.outcode = name.outcode or postcodes.code[nearest].split()[0]
    return True


def _mark_kinds(kept, postcodes):
    cities = _cities(kept)
    for name in kept:
        if name in cities:
            name.kind = "city"
        elif name.rank >= 2:
            name.kind = "msoa" if name.rank == 2 else "ward"
        elif name.rank == 1:
            near = postcodes.within_a_kilometre(name.lat, name.lon)
            urban = near >= SUBURB_POSTCODES and not name.approx
            name.kind = "suburb" if urban else "locality"
        elif name.region == LONDON:
            name.kind = "suburb"
        else:
            name.kind = "town" if name.population >= TOWN_POPULATION else "village"
    return cities


def _cities(kept):
    """Of several places of a city's name, the largest is the city."""
    best = {}
    for name in kept:
        if name.rank == 0 and name.fold in CITY_FOLDS:
            if name.fold not in best or name.population > best[name.fold].population:
                best[name.fold] = name
    return set(best.values())


def _mark_suburbs(kept, cities):
    big = [city for city in cities if city.population >= BIG_CITY_POPULATION]
    for name in kept:
        if name.kind in ("town", "village") and any(
            city.lad == name.lad and city.away(name) < 10 * math.sqrt(city.population)
            for city in big
        ):
            name.kind = "suburb"
