"""What to do after an attempt: what to read again, and whether and when to try once more."""

from collections.abc import Sequence
from dataclasses import dataclass

from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.learning import taught
from course.learning.assessment.pages import Asked
from course.learning.assessment.standing import Standing
from course.quiz.starting import Why

MISSED = ("wrong", "partial", "unanswered")


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a lesson that teaches what these questions ask. `part` is "" for the lesson as a whole."""

    url: str
    lesson: str
    part: str
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """`may`: another attempt may be started now; `number`: of the one under way, None where none is.

    `since`: the moment from which on one may, None where waiting does not help. `left`: attempts that may still be
    started, None for no limit. `readings` in the order of the lessons.
    """

    may: bool
    number: int | None
    since: int | None
    left: int | None
    readings: tuple[Reading, ...]


def again(stands: Standing, readings: tuple[Reading, ...]) -> Again:
    """`stands`: where the learner stands at the quiz now."""
    bar, open_one = stands.bar, stands.open
    waits = bar is not None and bar.why in (Why.COOLING_DOWN, Why.NOT_OPEN_YET)
    return Again(
        may=bar is None and open_one is None,
        number=open_one.number if open_one else None,
        since=bar.until if bar is not None and waits else None,
        left=stands.left,
        readings=readings,
    )


def readings(
    published: Published, asked: Sequence[Asked], objectives: Sequence[str | None], language: str
) -> tuple[Reading, ...]:
    """What to read again. It tells no more than the page: only a question whose outcome is shown counts as missed.

    `objectives` are the questions', in their order.
    """
    missed: dict[taught.Place, list[int]] = {}
    for one, objective in zip(asked, objectives, strict=True):
        place = taught.of_objective(published, objective, language) if one.view.outcome in MISSED else None
        if place is not None:
            missed.setdefault(place, []).append(one.position)
    order = {lesson.id: number for number, lesson in enumerate(published.outline.lessons)}
    places = sorted(missed, key=lambda place: (order[place[0]], missed[place]))
    return tuple(_reading(published, place, missed[place], language) for place in places)


def _reading(published: Published, place: taught.Place, questions: Sequence[int], language: str) -> Reading:
    lesson = published.lesson(place[0])
    titles = next((one.titles for one in lesson.sections if one.id and one.id == place[1]), {})
    url = Addresses(published.slug, language).lesson(*place)
    return Reading(url, published.text(lesson.titles, language), published.text(titles, language), tuple(questions))
