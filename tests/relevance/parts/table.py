"""The figures as a table, and what is asked of them."""

from parts import measures
from parts.contest import OURS

LEAST_OVERALL = 0.85
LEAST_OF_A_KIND = 0.70
LEAST_OVER_BM25 = 4 / 3
MOST_UNJUDGED = 0.10
COLUMNS = (("nDCG@10", "ndcg"), ("recall@20", "recall"), ("first is good", "first"))


def means(rows: list[dict]) -> dict[str, dict[str, float]]:
    """For each search its mean measures over questions."""
    return {
        name: measures.mean([row[name] for row in rows if name in row])
        for name in dict.fromkeys(name for row in rows for name in row)
    }


def text(kinds: dict, overall: dict, counts: dict[str, int]) -> str:
    names = list(overall)
    head = f"{'':34}" + "".join(f"{title:^{8 * len(names)}}" for title, _ in COLUMNS)
    under = f"{'kind':26}{'asked':>7} " + "".join(f"{name[:7]:>8}" for _ in COLUMNS for name in names)
    rows = [row(kind, counts[kind], kinds[kind], names) for kind in sorted(kinds)]
    total = sum(count for kind, count in counts.items() if not kind.startswith("("))
    return "\n".join([head, under + "   unjudged", *rows, row("all", total, overall, names)])


def row(kind: str, count: int, figures: dict, names: list[str]) -> str:
    cells = "".join(
        f"{figures[name][measure]:8.3f}" if name in figures else f"{'–':>8}"
        for _, measure in COLUMNS
        for name in names
    )
    return f"{kind:26}{count:7} {cells}   {figures[OURS]['unjudged']:7.0%}"


def faults(kinds: dict, overall: dict) -> list[str]:
    ours, plain = overall[OURS]["ndcg"], overall["BM25"]["ndcg"]
    said = []
    if ours < LEAST_OVERALL:
        said.append(f"below: nDCG@10 is {ours:.3f} overall, and has to be {LEAST_OVERALL}")
    for kind in sorted(kinds):
        figure = kinds[kind][OURS]["ndcg"]
        if figure < LEAST_OF_A_KIND:
            said.append(f"below: nDCG@10 is {figure:.3f} for {kind}, and has to be {LEAST_OF_A_KIND}")
    if ours < LEAST_OVER_BM25 * plain:
        said.append(f"below: {ours:.3f} is not a third above plain BM25, {plain:.3f}")
    unjudged = overall[OURS]["unjudged"]
    if unjudged > MOST_UNJUDGED:
        said.append(f"judge more: {unjudged:.0%} of our first ten were not judged")
    return said
