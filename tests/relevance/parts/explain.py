"""Our first ten for one question, with grades and the factors that put them there."""

from parts.measures import ndcg
from parts.questions import Question
from parts.server import Server

SHOWN = 10


def explain(server: Server, question: Question) -> None:
    reply = server.ask(question.query, 2 * SHOWN)
    found = [one["id"] for one in reply["results"]]
    print(f"{question.id} ({question.kind}, {question.on}, half {question.half}): {question.query}")
    print(f"understood as {understood(reply['understood'])}")
    counts = f"{reply['total']} found, {reply['elsewhere']} for elsewhere"
    print(f"nDCG@10 {ndcg(found, question.grades):.3f}, {counts}")
    for place, one in enumerate(reply["results"][:SHOWN], 1):
        grade = question.grades.get(one["id"], "?")
        print(f"{place:3}  grade {grade}  {one['score']:.3f}  {one['name']}")
        for factor in one["factors"]:
            blend = f"{factor['value']:.2f} × {factor['weight']:.2f}"
            print(f"       {factor['name']:13} {blend}  {factor['reason']}")
    missed = [one for one, grade in question.grades.items() if grade >= 2 and one not in found[:SHOWN]]
    for one in sorted(missed, key=lambda one: -question.grades[one]):
        where = f"number {found.index(one) + 1}" if one in found else "not in the first twenty"
        print(f"  missed: grade {question.grades[one]}  {question.names[one]} ({where})")


def understood(said: dict) -> str:
    words = [f"{word['text']} → {', '.join(word['needs']) or '–'}" for word in said["words"]]
    parts = [f"words [{'; '.join(words)}]", f"matching {said['matching']}"]
    if said["without"]:
        parts.append(f"without {said['without']}")
    if said["corrected"]:
        parts.append(f"corrected to {said['corrected']}")
    parts.append(f"place {said['place']['status']} {said['place']['label'] or ''}".rstrip())
    return ", ".join(parts)
