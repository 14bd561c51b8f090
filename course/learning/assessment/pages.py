"""What the quiz pages show, gathered for their templates. Nothing here decides what is released."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flask import render_template

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.clock import MICROSECONDS
from course.learning.assessment import queries, rules, standing
from course.learning.assessment.answers import answer
from course.learning.assessment.models import MILLION, Attempt, Response
from course.learning.assessment.shown import Shown
from course.learning.assessment.words import lasting, when
from course.learning.models import Enrolment
from course.quiz import QuestionView, released, view, waits
from course.quiz.model import Quiz, Release
from course.web.line import Stretch

Context = dict[str, Any]
Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on an attempt's page. `base` is the number of the response that its field is rendered from."""

    position: int
    answered: bool
    base: int
    view: QuestionView
    late: bool = False


def quiz(published: Published, enrolment: Enrolment | None, quiz_id: str, at: int, language: str) -> Context:
    """The quiz itself, and where the learner stands (None for who is not enrolled)."""
    shown = catalogue.quiz(published, quiz_id, language)
    stands = None if enrolment is None else standing.standing(enrolment, published, quiz_id, at)
    before = stands.modules_first if stands else ()
    return _course(published, language, quiz_id) | {
        "quiz": shown,
        "count": shown.rules.draw.count or len(shown.questions),
        "points": _points(shown),
        "standing": stands,
        "modules_first": [published.text(published.module(name).titles, language) for name in before],
        "when": when,
        "lasting": lasting,
    }


def _points(shown: Quiz) -> int | None:
    """The points of an attempt; None where that depends on what is drawn."""
    points = [question.points for question in shown.questions]
    count = shown.rules.draw.count
    if count is None or count >= len(points):
        return sum(points)
    return count * points[0] if len(set(points)) == 1 else None


def attempt(attempt: Attempt, at: int, language: str, wanted: str) -> Context | None:
    """An open attempt's questions; None once it is over. `wanted`: a position, `all`, or "" for the quiz's own way."""
    if not rules.is_open(attempt, at):
        return None
    quiz = queries.quiz(attempt, language)
    published = queries.revision(attempt)
    shown = queries.shown(attempt, language)
    counting = rules.counting(queries.responses(attempt))
    place = _place(wanted, quiz, shown, counting)
    asked = [_asked(one, counting.get(one.drawn.id), quiz, language) for one in shown]
    return _course(published, language, quiz.id) | {
        "quiz": quiz,
        "attempt": attempt,
        "asked": asked,
        "unanswered": [one.position for one in asked if not one.answered],
        "place": place,
        "here": [one for one in asked if place in (None, one.position)],
        "quiz_id": published.names[attempt.item_id][1],
        "languages": (),  # the layout's links would leave the page without saving
        "switch_to": [tag for tag in published.outline.languages if tag != language],
        "seconds_left": None if attempt.deadline is None else (attempt.deadline - at) // MICROSECONDS,
        "now": at,
        "when": when,
        "lasting": lasting,
    }


def _place(wanted: str, quiz: Quiz, shown: Sequence[Shown], counting: Mapping[int, Response]) -> int | None:
    """The position of the one question to show, None for all."""
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(shown):
        return int(wanted)
    if wanted == "all" or quiz.rules.show == "all":
        return None
    open_ones = [one.drawn.position for one in shown if not rules.is_answer(counting.get(one.drawn.id))]
    return min(open_ones, default=1)


def _asked(shown: Shown, response: Response | None, quiz: Quiz, language: str) -> Asked:
    value = answer(response)
    release = released(quiz.rules, "during", answered=value is not None)
    return Asked(
        position=shown.drawn.position,
        answered=value is not None,
        base=0 if response is None else response.number,
        view=view(shown.question, shown.order, value, language, release, shown.field),
    )


def understood(attempt: Attempt, places: Collection[str], form: Form, language: str) -> dict[str, str]:
    """How what was typed at these positions was taken: HTML by position, none where there is nothing to say."""
    found = {}
    for one in queries.shown(attempt, language):
        place = str(one.drawn.position)
        taken = one.understood(form) if place in places else None
        if taken is not None:
            html = render_template("questions/_understood.html", understood=taken, prefix=one.field, locked=False)
            found[place] = html
    return found


def result(enrolment: Enrolment, published: Published, attempt: Attempt, at: int, language: str) -> Context | None:
    """A closed attempt, as far as it may be seen; None while it is open. `published` is the current publication."""
    if rules.is_open(attempt, at):
        return None
    fractions = queries.fractions(attempt)
    responses = queries.responses(attempt)
    counting = rules.counting(responses)
    late = {response.attempt_question_id for response in responses if response.late}
    release = standing.release(enrolment, published, attempt, at)
    quiz = queries.quiz(attempt, language)
    return _course(published, language, quiz.id) | {
        "quiz": quiz,
        "quiz_id": published.names.get(attempt.item_id, ("", None))[1],
        "summary": standing.summary(enrolment, published, attempt, at),
        "again": standing.may_answer_again(enrolment, published, attempt, at),
        "asked": [
            _reviewed(one, counting.get(one.drawn.id), fractions.get(one.drawn.id), release, one.drawn.id in late)
            for one in _in_which_answered(attempt, counting, language)
        ],
        "release": release,
        "when": when,
    }


def _in_which_answered(attempt: Attempt, counting: Mapping[int, Response], language: str) -> Iterator[Shown]:
    """The questions in the language of the page, but what was typed beside the words that it was typed for."""
    typed = {question: response.language for question, response in counting.items() if response.text is not None}
    shown = {tag: queries.shown(attempt, tag) for tag in {language, *typed.values()}}
    for at, one in enumerate(shown[language]):
        yield replace(shown[typed.get(one.drawn.id, language)][at], language=language)


def _reviewed(shown: Shown, response: Response | None, fraction: int | None, release: Release, late: bool) -> Asked:
    value = answer(response)
    unmarked = fraction is None and waits(shown.question, value)
    earned = None if unmarked else Fraction(fraction or 0, MILLION)
    return Asked(
        position=shown.drawn.position,
        answered=value is not None,
        base=0,
        late=late,
        view=view(
            shown.question, shown.order, value, shown.language, release, shown.field, fraction=earned, locked=True
        ),
    )


def _course(published: Published, language: str, quiz_id: str) -> Context:
    return {
        "hue": _hue(published, quiz_id),
        "course": published.slug,
        "course_title": published.text(published.outline.titles, language),
        "languages": tuple(published.outline.languages),
    }


def _hue(published: Published, quiz_id: str) -> str:
    """The hue of the module that the quiz closes; none for a quiz of the whole course."""
    modules = enumerate(published.outline.modules, start=1)
    return next((Stretch(number, "", ()).hue for number, module in modules if module.quiz == quiz_id), "")
