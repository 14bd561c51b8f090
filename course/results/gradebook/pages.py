"""What the gradebook shows, gathered for its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from course.catalogue.published import Published
from course.learning.reading import rules as reading
from course.quiz.model import Rules
from course.results.gradebook import queries, rules
from course.results.gradebook.queries import Learner, Wanted
from course.results.gradebook.rules import Cell
from course.results.scope import Scope

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Quizzed:
    """A quiz of the course, as a column."""

    id: str
    item: int
    title: str
    rules: Rules


@dataclass(frozen=True, slots=True)
class Row:
    """A learner. `progress` and `total`: 0 to 1; `cells` in the order of the quizzes; `active`: microseconds UTC."""

    learner: Learner
    progress: Fraction
    cells: tuple[Cell, ...]
    total: Fraction | None
    active: int | None


def gradebook(published: Published, scope: Scope, wanted: Wanted, language: str) -> Context:
    found = queries.listed(scope, wanted)
    columns, shown = quizzes(published, language), found[: queries.PAGE]
    last = shown[-1] if len(found) > queries.PAGE else None
    return {
        "wanted": wanted,
        "quizzes": columns,
        "weighed": len({one.rules.weight for one in columns if not one.rules.practice}) > 1,
        "rows": rows(published, columns, shown),
        "next": f"{last.enrolment}.{last.sorted_by if wanted.sort == 'name' else ''}" if last else None,
    }


def quizzes(published: Published, language: str) -> list[Quizzed]:
    """The course's quizzes in their order."""
    return [
        Quizzed(name, published.item("quiz", name), published.text(one.titles, language), one.rules)
        for name, one in published.outline.quizzes.items()
    ]


def rows(published: Published, columns: list[Quizzed], learners: list[Learner]) -> list[Row]:
    """These learners with their grades."""
    ids = [one.enrolment for one in learners]
    made, active = queries.attempts(ids), queries.last_active(ids)
    return [_row(published, columns, one, made, active.get(one.enrolment)) for one in learners]


def _row(
    published: Published,
    columns: list[Quizzed],
    learner: Learner,
    made: Mapping[tuple[int, int], list[rules.Made]],
    active: int | None,
) -> Row:
    cells = tuple(rules.cell(one.rules, made.get((learner.enrolment, one.item), ())) for one in columns)
    done = reading.read_done(learner.done_items)
    progress = Fraction(reading.percent(done, reading.required(published)), 100)
    total = rules.total((one.rules.weight, its) for one, its in zip(columns, cells, strict=True))
    return Row(learner, progress, cells, total, active)
