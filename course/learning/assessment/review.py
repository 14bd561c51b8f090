"""What became of a closed attempt, as far as the rules release it, gathered for its template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from course.catalogue.published import Published
from course.learning.assessment import queries, rules, standing
from course.learning.assessment.again import Again, again, readings
from course.learning.assessment.answers import answer
from course.learning.assessment.marking import queries as marking
from course.learning.assessment.marking.explained import Markings, as_regraded, explained, regraded, who
from course.learning.assessment.models import MILLION, Attempt, Response
from course.learning.assessment.pages import Asked, Context, Named, course_facts, named
from course.learning.assessment.shown import Shown
from course.learning.assessment.words import when
from course.learning.models import Enrolment
from course.quiz import view, waits
from course.quiz.model import Quiz, Release
from course.quiz.view import points


def result(enrolment: Enrolment, published: Published, attempt: Attempt, at: int, language: str) -> Context | None:
    """A closed attempt, as far as it may be seen; None while it is open. `published` is the current publication."""
    if rules.is_open(attempt, at):
        return None
    given, marks = queries.responses(attempt), queries.marks(attempt)
    counting = rules.counting(given)
    quiz = queries.quiz(attempt, language)
    worth, tries = queries.worth(attempt, given, marks), queries.tried(given, marks)
    release = standing.release(enrolment, published, attempt, at)
    markings = marking.of_attempt(attempt)
    called = who(markings)
    late = {response.attempt_question_id for response in given if response.late}
    items = {row.id: row.item_id for row in queries.drawn(attempt)}
    asked = [
        replace(
            _reviewed(one, counting.get(one.drawn.id), marks, worth.get(one.drawn.id, 0), release, items, markings),
            explained=explained(one, markings.get(one.drawn.id, ()), called, release),
            late=one.drawn.id in late,
            tries=len(tries.get(one.drawn.id, ())) if quiz.rules.penalty else 0,
            source=_source(published, attempt, one, language),
        )
        for one in _in_which_answered(attempt, counting, language)
    ]
    summary = standing.summary(enrolment, published, attempt, at)
    return course_facts(published, language, quiz.id) | {
        "quiz": quiz,
        "quiz_id": published.names.get(attempt.item_id, ("", None))[1],
        "summary": summary,
        "again": standing.may_answer_again(enrolment, published, attempt, at),
        "closes": standing.closes(enrolment, published, attempt.item_id, at),
        "next": _next(enrolment, published, attempt, asked, at, language),
        "baseline": _baseline(enrolment, published, quiz, summary, at, language),
        "asked": asked,
        "regraded": regraded(attempt, called) if "marks" in release else None,
        "points": _points(worth, attempt, language) if "marks" in release else None,
        "release": release,
        "when": when,
    }


def _next(
    enrolment: Enrolment, published: Published, attempt: Attempt, asked: Sequence[Asked], at: int, language: str
) -> Again | None:
    """What to do next; None where the course has this quiz no more."""
    current = published.names.get(attempt.item_id, ("", ""))[1]
    if current not in published.outline.quizzes:
        return None
    objectives = [one.question.objective for one in queries.shown(attempt, language)]
    stands = standing.standing(enrolment, published, current, at)
    return again(stands, readings(published, asked, objectives, language))


def _points(worth: Mapping[int, int], attempt: Attempt, language: str) -> tuple[str, str]:
    """The points earned and all there were, as text."""
    rows = queries.drawn(attempt)
    earned = sum((Fraction(worth.get(row.id, 0) * row.points, MILLION) for row in rows), Fraction(0))
    return points(earned, language), points(Fraction(sum(row.points for row in rows)), language)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was known before the course: the quiz, its grade, and by how many percentage points it differs now."""

    quiz: Named
    grade: Fraction
    more: int


def _baseline(
    enrolment: Enrolment, published: Published, quiz: Quiz, summary: standing.AttemptSummary, at: int, language: str
) -> Baseline | None:
    """The comparison with the quiz taken before; None unless both grades may be seen."""
    before = quiz.rules.baseline
    if before is None or summary.grade is None or before not in published.outline.quizzes:
        return None
    grade = standing.grades(enrolment.id, published, at).get(published.item("quiz", before))
    if grade is None:
        return None
    more = _hundredths(summary.grade) - _hundredths(grade)
    return Baseline(named(published, before, language), grade, more)


def _hundredths(grade: Fraction) -> int:
    """As percentages are shown: rounded down."""
    return int(100 * grade)


def _source(published: Published, attempt: Attempt, shown: Shown, language: str) -> Named | None:
    """The other quiz from which a question was drawn, where the course still has it."""
    bank, slash, _ = shown.drawn.question.partition("/")
    item = queries.revision(attempt).item("quiz", bank) if slash else None
    quiz = published.names.get(item, ("", ""))[1] if item is not None else ""
    if quiz not in published.outline.quizzes:
        return None
    return named(published, quiz, language)


def _in_which_answered(attempt: Attempt, counting: Mapping[int, Response], language: str) -> Iterator[Shown]:
    """The questions in the language of the page, but what was typed beside the words that it was typed for."""
    typed = {question: response.language for question, response in counting.items() if response.text is not None}
    shown = {tag: queries.shown(attempt, tag) for tag in {language, *typed.values()}}
    for at, one in enumerate(shown[language]):
        yield replace(shown[typed.get(one.drawn.id, language)][at], language=language)


def _reviewed(
    shown: Shown,
    response: Response | None,
    marks: Mapping[int, int],
    worth: int,
    release: Release,
    items: Mapping[int, int],
    markings: Markings,
) -> Asked:
    """A question with its answer: as it was asked, or, where a regrade counts, as that read it."""
    found = markings.get(shown.drawn.id, ())
    shown, value = as_regraded(shown, items[shown.drawn.id], answer(response), found)
    fraction = marks.get(response.id) if response is not None else None
    unmarked = fraction is None and waits(shown.question, value)
    return Asked(
        position=shown.drawn.position,
        answered=value is not None,
        base=0,
        view=view(
            shown.question,
            shown.order,
            value,
            shown.language,
            release,
            shown.field,
            fraction=None if unmarked else Fraction(fraction or 0, MILLION),
            worth=None if unmarked else Fraction(worth, MILLION),
            locked=True,
        ),
    )
