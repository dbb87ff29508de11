"""The questions and what was judged of them, read and checked."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
GRADES = (0, 1, 2, 3)
# The first questions, and those that were written blind after the search was mended for them.
PAIRS = ("ab", "cd")
HALVES = tuple("".join(PAIRS))
NOT_ASKED = {"id", "kind", "on", "half", "judged", "note"}


@dataclass
class Question:
    id: str
    kind: str
    on: str
    half: str
    query: dict
    grades: dict[str, int]
    names: dict[str, str] = field(default_factory=dict)

    def words(self, labels: dict[str, str]) -> str:
        """What a plain full-text search is given: the same words, or the label of the need."""
        needs = [labels.get(need, need) for need in listed(self.query.get("need", []))]
        return " ".join([self.query.get("q", ""), *needs]).strip()


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def load() -> list[Question]:
    questions, faults = [], []
    for path in sorted((HERE / "questions").glob("*.toml")):
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            faults += [f"{path.name}, {raw.get('id')}: {fault}" for fault in faults_of(raw)]
            questions.append(read(raw))
    faults += repeated(questions) + halves_out_of_turn(questions)
    if faults:
        raise SystemExit("\n".join(faults))
    return questions


def read(raw: dict) -> Question:
    judged = raw["judged"]
    return Question(
        raw["id"], raw["kind"], raw["on"], raw["half"],
        {key: value for key, value in raw.items() if key not in NOT_ASKED},
        {one["id"]: one["grade"] for one in judged},
        {one["id"]: one["name"] for one in judged},
    )


def faults_of(raw: dict) -> list[str]:
    judged = raw.get("judged", [])
    ids = [one["id"] for one in judged]
    checks = {
        "`on` is demo or real": raw.get("on") in ("demo", "real"),
        "`half` is a, b, c or d": raw.get("half") in HALVES,
        "each service is judged once": len(ids) == len(set(ids)),
        "grades are 0 to 3": all(one.get("grade") in GRADES for one in judged),
        "each judgement has a reason": all(one.get("why") for one in judged),
        "something is good": any(one.get("grade", 0) >= 2 for one in judged),
    }
    return [said for said, holds in checks.items() if not holds]


def repeated(questions: list[Question]) -> list[str]:
    ids = [question.id for question in questions]
    return [f"{one} is the id of two questions" for one in sorted(set(ids)) if ids.count(one) > 1]


def halves_out_of_turn(questions: list[Question]) -> list[str]:
    """The halves of a pair alternate within a kind in the order of the file, so nobody chooses them."""
    by_kind = defaultdict(list)
    for question in questions:
        for pair in PAIRS:
            if question.half in pair:
                by_kind[question.kind, pair].append(question)
    return [
        f"{question.id} should be in half {pair[place % 2]}"
        for (_, pair), kind in by_kind.items()
        for place, question in enumerate(kind)
        if question.half != pair[place % 2]
    ]
