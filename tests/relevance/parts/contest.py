"""The questions put to Hereabouts and to the baselines."""

from parts import baselines, measures, places
from parts.questions import Question
from parts.server import Server

DEPTH = 20
OURS = "Hereabouts"


class Contest:
    """One directory: its server, its listings and the baselines over their text."""

    def __init__(self, server: Server, with_baselines: bool = True):
        self.server = server
        self.labels = {
            need["id"]: need["label"] for group in server.get("needs")["groups"] for need in group["needs"]
        }
        self.services = {one["id"]: one for one in server.services()} if with_baselines else {}
        self.rivals = self.make_rivals() if with_baselines else []

    def make_rivals(self) -> list:
        texts = {one: baselines.text_of(service) for one, service in self.services.items()}
        rivals = [baselines.Bm25(texts), baselines.Fts5(texts)]
        try:
            rivals.append(baselines.Postgres(texts))
        except baselines.NoPostgres as why:
            print(f"note: PostgreSQL is left out: {why}")
        return rivals

    def found(self, question: Question) -> dict[str, list[str]]:
        """The ids that each search finds, best first."""
        near = question.query.get("near")
        if near is not None:
            places.check(near)
        ours = self.server.ask(question.query, DEPTH)["results"]
        found = {OURS: [one["id"] for one in ours]}
        for rival in self.rivals:
            ranked = rival.ask(question.words(self.labels))
            reached = (one for one in ranked if places.in_reach(self.services[one], near))
            found[rival.name] = [one for one, _ in zip(reached, range(DEPTH))]
        return found

    def measured(self, question: Question) -> dict[str, dict[str, float]]:
        found = self.found(question)
        return {name: measures.measure(ids, question.grades) for name, ids in found.items()}

    def end(self) -> None:
        for rival in self.rivals:
            rival.end()
        self.server.end()
