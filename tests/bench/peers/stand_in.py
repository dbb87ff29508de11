"""A stand-in for `hereabouts generate`, to try the comparison with: the flat part only."""

import argparse
import json
import random

LETTERS = "etaoinshrdlucmfgypwbvkxjqz"


def make_words(rng, count):
    words, seen = [], set()
    while len(words) < count:
        word = "".join(rng.choices(LETTERS, range(26, 0, -1), k=rng.randint(4, 10)))
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--services", type=int, required=True)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rng = random.Random(args.seed)
    common = ["support", "group", "community", "advice", "health", "people", "family", "wellbeing", "centre", "local"]
    words = common + make_words(rng, 60000)
    cum, total = [], 0.0
    for i in range(len(words)):
        total += 1 / (i + 3)
        cum.append(total)
    towns = [(rng.uniform(50.3, 54.9), rng.uniform(-3.5, 1.2), rng.uniform(0.01, 0.04)) for _ in range(400)]
    towns += [(51.5 + rng.gauss(0, 0.05), -0.12 + rng.gauss(0, 0.08), 0.05) for _ in range(60)]
    weights = [1 / (i + 5) for i in range(400)] + [0.02] * 60
    tcum, total = [], 0.0
    for w in weights:
        total += w
        tcum.append(total)
    langs = [f"l{i}" for i in range(20)]
    out = open(args.out, "w")
    for i in range(args.services):
        title = " ".join(rng.choices(words, cum_weights=cum, k=rng.randint(3, 7)))
        body = " ".join(rng.choices(words, cum_weights=cum, k=rng.randint(40, 90)))
        t = rng.choices(range(len(towns)), cum_weights=tcum)[0]
        needs = set()
        for _ in range(rng.randint(1, 4)):
            top = int(rng.random() ** 2 * 20)
            needs |= {f"n{top}", f"n{top}-{rng.randint(0, 6)}"}
        count = 0 if rng.random() < 0.05 else min(12, 1 + int(rng.expovariate(1.5)))
        if i % 1000 == 0:
            count = 12
        points, councils = [], set()
        for _ in range(count):
            lat, lon, s = towns[t] if rng.random() < 0.8 else towns[rng.choices(range(len(towns)), cum_weights=tcum)[0]]
            points.append([round(rng.gauss(lat, s), 6), round(rng.gauss(lon, s * 1.6), 6)])
            councils.add(f"E{t:04}")
        flat = {
            "text": title + " " + body, "title": title, "needs": sorted(needs),
            "facets": {
                "cost": [rng.choice(["free", "free", "low", "some"])],
                "delivery": sorted({rng.choice(["in-person", "in-person", "online", "phone", "home-visit"]) for _ in range(2)}),
                "access": sorted({rng.choice(["self", "gp", "professional"]) for _ in range(2)}),
                "language": sorted({"en", langs[int(rng.random() ** 3 * 20)]}),
                "sector": [rng.choice(["charity", "charity", "community", "public", "private"])],
            },
            "points": points, "serves": [f"E{t:04}"] if i % 3 == 0 else [], "states_area": i % 3 == 0,
            "remote": i % 11 == 0, "councils": sorted(councils),
        }
        out.write(json.dumps({"service": {"id": f"s{i:07}", "name": title}, "flat": flat}) + "\n")


main()
