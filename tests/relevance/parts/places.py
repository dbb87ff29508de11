"""Where the baselines look: a plain radius, or the areas that a listing says it serves."""

import math
import tomllib
from pathlib import Path

EARTH_MILES = 3958.8
REACH_MILES = 10.0
REMOTE = {"phone", "online"}
PLACES = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "places.toml").read_text(encoding="utf-8")
)


def check(near: str) -> None:
    if near not in PLACES:
        raise SystemExit(f"places.toml lacks a point and areas for “{near}”")


def in_reach(service: dict, near: str | None) -> bool:
    """Whether a directory with a radius and a list of areas would show it: a venue within ten
    miles, or an area named that holds the place, or nothing said of a service by phone or online."""
    if near is None:
        return True
    place = PLACES[near]
    areas = areas_of(service)
    points = [(one["lat"], one["lon"]) for one in service["venues"] if one.get("lat") is not None]
    if any(miles(place["at"], point) <= REACH_MILES for point in points):
        return True
    if any(area in place["areas"] for area in areas):
        return True
    return not areas and not points and bool(REMOTE & set(service["delivery"]))


def areas_of(service: dict) -> list[str]:
    return (service["serves"] or {}).get("areas", [])


def miles(one, other) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_MILES * math.asin(math.sqrt(half))
