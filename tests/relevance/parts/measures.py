"""Three measures of a list of results, and their means."""

import math
from statistics import fmean

GOOD = 2


def ndcg(found: list[str], grades: dict[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain: 1 where the best judged services come first, in order."""
    best = sorted(grades.values(), reverse=True)
    ideal = gain(best[:depth])
    return gain([grades.get(one, 0) for one in found[:depth]]) / ideal if ideal else 0.0


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def recall(found: list[str], grades: dict[str, int], depth: int = 20) -> float:
    """The share of the good services that is among the first results."""
    good = {one for one, grade in grades.items() if grade >= GOOD}
    return len(good & set(found[:depth])) / len(good) if good else 0.0


def first(found: list[str], grades: dict[str, int]) -> float:
    return float(bool(found) and grades.get(found[0], 0) >= GOOD)


def unjudged(found: list[str], grades: dict[str, int], depth: int = 10) -> float:
    shown = found[:depth]
    return sum(one not in grades for one in shown) / len(shown) if shown else 0.0


def measure(found: list[str], grades: dict[str, int]) -> dict[str, float]:
    return {
        "ndcg": ndcg(found, grades),
        "recall": recall(found, grades),
        "first": first(found, grades),
        "unjudged": unjudged(found, grades),
    }


def mean(measured: list[dict[str, float]]) -> dict[str, float]:
    return {name: fmean(one[name] for one in measured) for name in measured[0]}
