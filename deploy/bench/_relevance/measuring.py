"""P@10, nDCG@10 and conditions of the relevance set, on any engine that holds its catalogue."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog import clock
from catalog.search.asking import Answer, ask
from catalog.search.engine import Engine
from deploy.bench._relevance.catalogue import TODAY, specialities
from deploy.bench._relevance.queries import Question, questions

DEPTH = 10


@dataclass(frozen=True)
class Score:
    """How one question was answered. `broken` are conditions that do not hold, in words; `first` names of hits.

    `precision`: of the first ten hits, or of as many as there are right ones where these are fewer, the share that is
    right. `ndcg`: gains 3 and 1, the ideal order over all that is right. Both 1 where nothing must be found and is.
    """

    question: Question
    precision: float
    ndcg: float
    total: int
    broken: tuple[str, ...]
    first: tuple[str, ...]

    @property
    def perfect(self) -> bool:
        """Nothing to complain of."""
        return self.precision == 1 and self.ndcg > 1 - 1e-9 and not self.broken


@dataclass(frozen=True)
class Means:
    """Means over questions; the zero-result rate is over those that must find something."""

    count: int
    precision: float
    ndcg: float
    zero_rate: float


def fill(engine: Engine) -> None:
    """Index the catalogue. Only for the holder of the writer's lease."""
    engine.rebuild((one.index_document() for one in specialities()), lambda _: None)


def measure(engine: Engine) -> list[Score]:
    """Ask everything. Raises SearchUnavailable."""
    with clock.as_of(TODAY):
        return [_score(question, ask(engine, question.query)) for question in questions()]


def means(scores: Sequence[Score]) -> Means:
    """Over all of the scores given."""
    count, asked = len(scores), [score for score in scores if not score.question.finds_nothing]
    zero = sum(not score.total for score in asked) / max(1, len(asked))
    return Means(count, sum(s.precision for s in scores) / count, sum(s.ndcg for s in scores) / count, zero)


def by_kind(scores: Iterable[Score]) -> dict[str, list[Score]]:
    """Scores by the kind of question, in the set's order."""
    kinds: dict[str, list[Score]] = {}
    for score in scores:
        kinds.setdefault(score.question.kind, []).append(score)
    return kinds


def _score(question: Question, answer: Answer) -> Score:
    ids, grades = answer.found.ids, question.grades
    if question.finds_nothing or not grades:
        precision = ndcg = float(not answer.found.total)
    else:
        depth = min(DEPTH, len(grades))
        precision = sum(one in grades for one in ids[:depth]) / depth
        ndcg = _gain(grades.get(one, 0) for one in ids) / _gain(sorted(grades.values(), reverse=True))
    names = tuple(specialities()[one - 1].facts.name for one in ids[:DEPTH])
    return Score(question, precision, ndcg, answer.found.total, tuple(_broken(question, answer)), names)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in zip(range(DEPTH), grades, strict=False))


def _broken(question: Question, answer: Answer) -> list[str]:
    said, total = question.conditions, answer.found.total
    chips = [f"{chip.kind}:{chip.value}" for chip in answer.reading.chips]
    wrong = []
    if ("whole" in said or "count" in said) and total != len(question.grades):
        wrong.append(f"{total} hits for {len(question.grades)}")
    if said.get("count") and total != int(said["count"]):
        wrong.append(f"{total} hits for {said['count']}")
    if "corrected" in said and answer.corrected is None:
        wrong.append("not corrected")
    if "uncorrected" in said and answer.corrected is not None:
        wrong.append(f"corrected to {answer.corrected!r}")
    if "offered" in said and answer.offered is None:
        wrong.append("nothing offered")
    if "chip" in said and [said["chip"]] != (chips or [""]):
        wrong.append(f"narrowed to {chips}")
    return wrong
