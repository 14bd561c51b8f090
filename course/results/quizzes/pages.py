"""What the pages of a quiz show, gathered for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.learning.assessment import queries as assessment
from course.learning.assessment import rules
from course.learning.assessment.answers import answer
from course.learning.assessment.models import MILLION, Attempt, Marking, Response
from course.learning.assessment.shown import Shown
from course.learning.models import Enrolment
from course.quiz import EVERYTHING, QuestionView, millionths, view, waits
from course.results import groups, words
from course.results.charts import Column, columns
from course.results.items import queries as items
from course.results.overview import queries as overview
from course.results.quizzes import queries
from course.results.quizzes.queries import SORTS, Wanted
from course.results.scope import Scope

Context = dict[str, Any]
WEEKS_SHOWN = 26
LENGTHS = (5, 10, 15, 20, 30, 45, 60)
"""Minutes at which the parts of the chart of time taken end; what took longer is the last."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question of an attempt: as it is shown, every response to it, and how the one that counts was marked."""

    position: int
    view: QuestionView
    responses: Sequence[Response]
    counts: Response | None
    markings: Sequence[Marking]


def quiz(published: Published, quiz_id: str, scope: Scope, language: str) -> Context:
    item, outline = published.item("quiz", quiz_id), published.quiz(quiz_id)
    found = overview.quizzes(scope).get(item, overview.Quizzed())
    if not groups.enough(found.tried) and scope != scope.whole:
        found = overview.Quizzed(open=found.open)
    passed = min(overview.done(scope).get(item, 0), found.tried)
    pass_mark = outline.rules.pass_mark
    tenths = queries.by_tenth(item, scope) if found.attempts > found.waits else []
    weeks = list(queries.by_week(item, scope).items())[-WEEKS_SHOWN:] if found.attempts > found.waits else []
    lengths = _lengths(queries.by_minutes(item, scope)) if found.attempts > found.waits else []
    return {
        "quiz_id": quiz_id,
        "title": published.text(outline.titles, language),
        "rules": outline.rules,
        "figures": found,
        "passed": passed,
        "rate": words.share(passed, found.tried),
        "numbers": queries.by_number(item, scope, millionths(pass_mark)) if found.attempts > found.waits else [],
        "tenths": tenths,
        "tenths_chart": columns(
            [
                Column(words.percent(at / 10), count, str(count), strong=Fraction(at, 10) >= pass_mark)
                for at, count in enumerate(tenths)
            ]
        ),
        "weeks": weeks,
        "weeks_chart": columns([Column(words.day_of_year(at), count, str(count)) for at, count in weeks]),
        "lengths": lengths,
        "lengths_chart": columns([Column(str(label), count, str(count)) for label, count in lengths]),
    }


def _lengths(minutes: Mapping[int, int]) -> list[tuple[str, int]]:
    """Attempts by time taken, in parts that end at `LENGTHS` minutes."""
    ends = (*LENGTHS, None)
    counts = [0] * len(ends)
    for taken, count in minutes.items():
        counts[next(at for at, end in enumerate(ends) if end is None or taken < end)] += count
    starts = (0, *LENGTHS)
    labels = [f"{start}–{end}" if end else f"{start}+" for start, end in zip(starts, ends, strict=True)]
    return list(zip(labels, counts, strict=True))


def attempts(published: Published, quiz_id: str, scope: Scope, query: Mapping[str, str], language: str) -> Context:
    item, outline = published.item("quiz", quiz_id), published.quiz(quiz_id)
    wanted = _wanted(query)
    found = queries.listed(item, scope, wanted, millionths(outline.rules.pass_mark))
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    last = rows[-1] if more else None
    return {
        "quiz_id": quiz_id,
        "title": published.text(outline.titles, language),
        "wanted": wanted,
        "rows": rows,
        "pass_mark": millionths(outline.rules.pass_mark),
        "next": f"{queries.sort_value(wanted.sort, last)}.{last.id}" if last else None,
    }


def _wanted(query: Mapping[str, str]) -> Wanted:
    """From an address's query; what is not understood is left out."""
    sort, outcome, number = query.get("sort", ""), query.get("outcome", ""), query.get("number", "")
    value, _dot, last = query.get("after", "").partition(".")
    place = (value.removeprefix("-").isdecimal() and value.isascii()) and (last.isdecimal() and last.isascii())
    return Wanted(
        sort=sort if sort in SORTS else SORTS[0],
        outcome=outcome if outcome in queries.OUTCOMES else "",
        number=int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None,
        name=query.get("name", "").strip()[:100],
        after=(int(value), int(last)) if place and len(value) < 19 and len(last) < 19 else None,
    )


def attempt(published: Published, quiz_id: str, found: Attempt, enrolment: Enrolment, language: str) -> Context:
    responses = assessment.responses(found)
    counting = rules.counting(responses)
    markings = queries.markings(found)
    outline = published.quiz(quiz_id)
    return {
        "quiz_id": quiz_id,
        "title": published.text(outline.titles, language),
        "attempt": found,
        "person": enrolment.person_id,
        "name": queries.name_of(enrolment.person_id),
        "grade": None if found.grade is None else Fraction(found.grade, MILLION),
        "pass_mark": catalogue.of_revision(found.revision_id).quiz(_name(found)).rules.pass_mark,
        "publication": items.number_of(found.revision_id),
        "asked": [
            _reviewed(found, one, [r for r in responses if r.attempt_question_id == one.drawn.id], counting, markings)
            for one in _shown(found, counting, language)
        ],
    }


def _name(found: Attempt) -> str:
    return catalogue.of_revision(found.revision_id).names[found.item_id][1]


def _shown(found: Attempt, counting: Mapping[int, Response], language: str) -> list[Shown]:
    """The questions in the page's language, but what was typed beside the words that it was typed for."""
    here = assessment.shown(found, language)
    typed = {one.attempt_question_id: one.language for one in counting.values() if one.text is not None}
    others = {tag: assessment.shown(found, tag) for tag in set(typed.values())}
    return [others[typed[one.drawn.id]][at] if one.drawn.id in typed else one for at, one in enumerate(here)]


def _reviewed(
    found: Attempt,
    shown: Shown,
    responses: Sequence[Response],
    counting: Mapping[int, Response],
    markings: Mapping[int, Sequence[Marking]],
) -> Reviewed:
    counts = counting.get(shown.drawn.id)
    value = answer(counts)
    marked = markings.get(counts.id, ()) if counts else ()
    fraction = Fraction(marked[-1].fraction, MILLION) if marked else None
    if fraction is None and not waits(shown.question, value) and found.closed is not None:
        fraction = Fraction(0)
    seen = view(
        shown.question, shown.order, value, shown.language, EVERYTHING, shown.field, fraction=fraction, locked=True
    )
    return Reviewed(shown.drawn.position, seen, responses, counts, marked)
