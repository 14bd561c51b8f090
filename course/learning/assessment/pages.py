"""What a quiz and an open attempt show, gathered for their templates. Nothing here decides what is released."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import render_template

from course.catalogue import queries as catalogue
from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.clock import MICROSECONDS
from course.i18n import own_name
from course.learning.assessment import banks, kept, queries, rules, standing
from course.learning.assessment.allowances import allowances, felt
from course.learning.assessment.answers import answer
from course.learning.assessment.kept import Mine
from course.learning.assessment.marking.explained import Explained
from course.learning.assessment.models import MILLION, Attempt, Response
from course.learning.assessment.resets import resets
from course.learning.assessment.shown import Shown
from course.learning.assessment.words import DAY, granted, lasting, left_over, when
from course.learning.models import Enrolment
from course.quiz import QuestionView, is_marked, released, view, waits
from course.quiz.model import Quiz, Rules
from course.quiz.starting import Bar
from course.web.line import Stretch

Context = dict[str, Any]
Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its title, and where it is."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on an attempt's page. `base` is the number of the response that its field is rendered from."""

    position: int
    answered: bool
    base: int
    view: QuestionView
    late: bool = False
    tries: int = 0
    """How often it was tried, where each try costs something."""

    may_check: bool = False
    """Whether the learner may ask now how the answer stands."""

    source: Named | None = None
    """The quiz from which the question was drawn, where it is another one."""

    explained: Explained | None = None
    """How the mark came about, once the attempt is closed."""


def quiz(published: Published, enrolment: Enrolment | None, quiz_id: str, at: int, language: str) -> Context:
    """The quiz itself, and where the learner stands (None for who is not enrolled)."""
    shown, item = catalogue.quiz(published, quiz_id, language), published.item("quiz", quiz_id)
    stands = None if enrolment is None else standing.standing(enrolment, published, quiz_id, at)
    parts = banks.drawn(published, quiz_id, language)
    return course_facts(published, language, quiz_id) | {
        "quiz": shown,
        "rules": stands.rules if stands else shown.rules,
        "parts": parts,
        "count": sum(part.count for part in parts),
        "bank": sum(part.of for part in parts),
        "points": None if any(part.points is None for part in parts) else sum(part.points or 0 for part in parts),
        "standing": stands,
        "undone": [one for one in resets(enrolment.id) if one.item_id == item] if enrolment else [],
        "granted": _granted(enrolment, item, shown.rules) if enrolment else [],
        "first": _first(published, stands.bar, language) if stands and stands.bar else [],
        "required": [
            named(published, name, language)
            for name in shown.rules.requires
            if enrolment is None or published.item("quiz", name) not in rules.done(enrolment)
        ],
        "baseline": named(published, shown.rules.baseline, language) if shown.rules.baseline else None,
        "when": when,
        "lasting": lasting,
    }


def named(published: Published, quiz_id: str, language: str) -> Named:
    """A quiz of the course, by its title."""
    title = published.text(published.quiz(quiz_id).titles, language)
    return Named(title, Addresses(published.slug, language).quiz(quiz_id))


def _granted(enrolment: Enrolment, item: int, rules: Rules) -> list[tuple[str, str]]:
    """What the learner was granted and feels at this quiz, in words, and why."""
    return [(granted(row), row.reason) for row in felt(allowances(enrolment.id), item, rules)]


def _first(published: Published, bar: Bar, language: str) -> list[Named]:
    """What comes before a quiz and is not done, with the way there: modules are on the course's line."""
    line = Addresses(published.slug, language).home
    modules = [
        Named(published.text(published.module(name).titles, language), f"{line}#module-{name}") for name in bar.modules
    ]
    return modules + [named(published, name, language) for name in bar.quizzes]


def attempt(attempt: Attempt, at: int, language: str, wanted: str) -> Context | None:
    """An open attempt's questions; None once it is over. `wanted`: a position, `all`, or "" for the quiz's own way."""
    if not rules.is_open(attempt, at):
        return None
    quiz = queries.quiz(attempt, language)
    published = queries.revision(attempt)
    shown = queries.shown(attempt, language)
    given = queries.responses(attempt)
    counting = rules.counting(given)
    place = _place(wanted, quiz, shown, counting)
    tries = _Tries(attempt, given, queries.marked(attempt)) if quiz.rules.penalty else None
    asked = [_asked(one, counting.get(one.drawn.id), quiz, language, tries) for one in shown]
    left = None if attempt.deadline is None else (attempt.deadline - at) // MICROSECONDS
    near = left is not None and (quiz.rules.time_limit is not None or left <= DAY)  # else no clock needs to run
    return course_facts(published, language, quiz.id) | {
        "quiz": quiz,
        "attempt": attempt,
        "asked": asked,
        "unanswered": [one.position for one in asked if not one.answered],
        "place": place,
        "here": [one for one in asked if place in (None, one.position)],
        "quiz_id": published.names[attempt.item_id][1],
        "languages": (),  # the layout's links would leave the page without saving
        "own_name": own_name,
        "switch_to": [tag for tag in published.outline.languages if tag != language],
        "seconds_left": left if near else None,
        "ends": None if near else attempt.deadline,
        "now": at,
        "when": when,
        "lasting": left_over,
    }


def _place(wanted: str, quiz: Quiz, shown: Sequence[Shown], counting: Mapping[int, Response]) -> int | None:
    """The position of the one question to show, None for all."""
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(shown):
        return int(wanted)
    if wanted == "all" or quiz.rules.show == "all":
        return None
    open_ones = [one.drawn.position for one in shown if not rules.is_answer(counting.get(one.drawn.id))]
    return min(open_ones, default=1)


class _Tries:
    """What was tried so far in an attempt in which tries cost something. `marks`: by response, of those tried."""

    def __init__(self, attempt: Attempt, given: Sequence[Response], marks: Mapping[int, int]) -> None:
        self.marks = marks
        self.number = {question: len(all_tries) for question, all_tries in queries.tried(given, marks).items()}
        self.worth = queries.worth(attempt, given, marks)


def _asked(shown: Shown, response: Response | None, quiz: Quiz, language: str, tries: _Tries | None) -> Asked:
    value = answer(response)
    told = value is not None and (tries is None or (response is not None and response.id in tries.marks))
    worth = Fraction(tries.worth.get(shown.drawn.id, 0), MILLION) if tries and told else None
    return Asked(
        position=shown.drawn.position,
        answered=value is not None,
        base=0 if response is None else response.number,
        view=view(
            shown.question,
            shown.order,
            value,
            language,
            released(quiz.rules, "during", answered=told),
            shown.field,
            worth=worth,
        ),
        tries=tries.number.get(shown.drawn.id, 0) if tries else 0,
        may_check=bool(quiz.rules.release.get("during")) and _is_marked_at_once(shown),
    )


def _is_marked_at_once(shown: Shown) -> bool:
    return is_marked(shown.question) and not waits(shown.question, {})


def understood(attempt: Attempt | Mine, places: Collection[str], form: Form, language: str) -> dict[str, str]:
    """How what was typed at these positions was taken: HTML by position, none where there is nothing to say."""
    found: dict[str, str] = {}
    drawn = [one for one, _latest in kept.asked(attempt) if str(one.position) in places] if places else []
    asked = queries.questions(attempt, [one.question for one in drawn], language) if drawn else {}
    for row in drawn:
        one = Shown(row, asked[row.question], language)
        if (taken := one.understood(form)) is not None:
            html = render_template("questions/_understood.html", understood=taken, prefix=one.field, locked=False)
            found[str(row.position)] = html
    return found


def course_facts(published: Published, language: str, quiz_id: str) -> Context:
    """What every page of a quiz says of its course."""
    return {
        "hue": _hue(published, quiz_id),
        "assignment": quiz_id in published.outline.quizzes and published.quiz(quiz_id).is_assignment,
        "course": published.slug,
        "course_title": published.text(published.outline.titles, language),
        "languages": tuple(published.outline.languages),
    }


def _hue(published: Published, quiz_id: str) -> str:
    """The hue of the module that the quiz closes; none for a quiz of the whole course."""
    modules = enumerate(published.outline.modules, start=1)
    return next((Stretch(number, "", ()).hue for number, module in modules if module.quiz == quiz_id), "")
