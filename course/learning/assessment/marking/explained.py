"""Why a mark is what it is: which marking counted, by whom, when and why, as far as the learner may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from course.catalogue import queries as catalogue
from course.learning.assessment import queries as assessment
from course.learning.assessment.marking import queries, regrading, rules
from course.learning.assessment.models import MILLION, Attempt, Marking
from course.learning.assessment.shown import Shown
from course.people.queries import names
from course.quiz import carried
from course.quiz.model import Html, Release, Value
from course.quiz.view import points

Markings = Mapping[int, Sequence[Marking]]
"""By attempt question, the oldest first (`queries.of_attempt`)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A row of the rubric, and the level that was reached of those up to `top`."""

    criterion: Html
    points: int
    top: int
    text: Html


@dataclass(frozen=True, slots=True)
class Explained:
    """`how` is None where marks are not released. `before` is the mark that was set aside, in points, as text."""

    how: Literal["engine", "person", "regrade"] | None = None
    by: str = ""
    at: int = 0
    before: str | None = None
    now: str = ""
    reason: str = ""
    reached: tuple[Reached, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Regraded:
    """The last regrade of an attempt. Grades (0 to 1) before and after it."""

    at: int
    by: str
    reason: str
    before: Fraction
    after: Fraction


def explained(shown: Shown, markings: Sequence[Marking], called: Mapping[int, str], release: Release) -> Explained:
    """What may be said of the marking that counts; nothing where there is none."""
    if not markings:
        return Explained()
    last = markings[-1]
    comment = last.comment if "feedback" in release else ""
    if "marks" not in release:
        return Explained(comment=comment)
    earlier = markings[-2] if len(markings) > 1 else None
    return Explained(
        how="engine" if last.by is None else "person" if last.revision_id is None else "regrade",
        by=called.get(last.by or 0, ""),
        at=last.at,
        before=None if earlier is None else _points(earlier, shown),
        now=_points(last, shown),
        reason=last.reason,
        reached=_reached(shown, last),
        comment=comment,
    )


def who(markings: Markings) -> dict[int, str]:
    """What those who marked are called, by their ids."""
    return names({marking.by for found in markings.values() for marking in found if marking.by is not None})


def regraded(attempt: Attempt, called: Mapping[int, str]) -> Regraded | None:
    """The last regrade of an attempt, None where there was none."""
    all_of = queries.all_of(attempt)
    made = [marking for marking in all_of if marking.revision_id is not None]
    if not made:
        return None
    last = made[-1]
    first = next(one.id for one in made if (one.at, one.revision_id) == (last.at, last.revision_id))
    before, after = _grade(attempt, all_of, first - 1), _grade(attempt, all_of, last.id)
    return Regraded(last.at, called.get(last.by or 0, ""), last.reason, before, after)


def as_regraded(
    shown: Shown, item: int, value: Value | None, markings: Sequence[Marking]
) -> tuple[Shown, Value | None]:
    """The question as the regrade that counts read it, with the answer in its ids; else both as they are."""
    last = markings[-1] if markings else None
    if last is None or last.revision_id is None or value is None:
        return shown, value
    by = catalogue.of_revision(last.revision_id)
    new = regrading.question_of(by, item, shown.question.language)
    again = None if new is None else carried(shown.question, new, value)
    if new is None or again is None:
        return shown, value
    return replace(shown, question=replace(new, points=shown.question.points)), again


def _grade(attempt: Attempt, markings: Sequence[Marking], up_to: int) -> Fraction:
    """The grade by the markings up to one of them."""
    marks = {marking.response_id: marking.fraction for marking in markings if marking.id <= up_to}
    worth = assessment.worth(attempt, assessment.responses(attempt), marks)
    return Fraction(assessment.grade(attempt, worth), MILLION)


def _points(marking: Marking, shown: Shown) -> str:
    return points(Fraction(marking.fraction, MILLION) * shown.question.points, shown.language)


def _reached(shown: Shown, marking: Marking) -> tuple[Reached, ...]:
    levels = rules.read_levels(marking.levels) or ()
    return tuple(
        Reached(row.text, level, row.top, next((one.text for one in row.levels if one.points == level), Html("")))
        for row, level in zip(rules.criteria(shown.question), levels, strict=False)
    )
