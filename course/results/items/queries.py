"""Marks for item analysis, over the latest first finished attempts of each learner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from course.catalogue import queries as catalogue
from course.catalogue.models import Publication
from course.catalogue.published import Published
from course.db import db
from course.errors import NotFound
from course.learning.assessment.models import MILLION, Attempt, AttemptQuestion, Marking, Response
from course.learning.models import Enrolment
from course.quiz.model import Question, Quiz
from course.quiz.statistics import Item, QuizStatistics, Verdict, analyse, random_guess_score, verdicts
from course.quiz.statistics.verdicts import WRONG
from course.results.items.rules import Answered, Spread, asked_of_all, same_but_for_words, spread
from course.results.scope import Scope

MOST = 2000
"""Attempts that an analysis reads at most, the latest ones: facility is right to within 2 points then."""


class Version(NamedTuple):
    """What an analysis rests on; while it stays the same, so does the analysis."""

    attempts: int
    grades: int
    latest: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """A quiz's figures. `figures.items` are in the order of `questions`, which are by item, as `spreads` are.

    Attempts on so many `revisions` are in it; of a question, those whose revision asked the same in other words.
    It is kept between requests, so no answer is in it: those of one large quiz are megabytes.
    """

    quiz: Quiz
    questions: Mapping[int, Question]
    figures: QuizStatistics
    spreads: Mapping[int, Spread]
    revisions: int


def analysis(published: Published, quiz_id: str, scope: Scope, number: int | None = None) -> Analysis:
    """Item analysis of a quiz; with `number`, over the attempts on that publication's revision alone.

    Raises NotFound for a quiz or a publication that the course has not.
    """
    item = published.item("quiz", quiz_id)
    published.quiz(quiz_id)
    only = None if number is None else _revision(published, number)
    version = _version(item, scope, only)
    kept = current_app.extensions.setdefault("course.results.items", lru_cache(64)(_analysis))
    found: Analysis = kept(published, quiz_id, item, scope, only, version)
    return found


def doubtful(published: Published, quiz_id: str, scope: Scope) -> list[tuple[Question, tuple[Verdict, ...]]]:
    """The questions of a quiz that do not work, with what is wrong, the gravest first."""
    found = analysis(published, quiz_id, scope)
    said = [
        (question, verdicts(one)) for question, one in zip(found.questions.values(), found.figures.items, strict=True)
    ]
    return [(question, words) for question, words in said if WRONG.intersection(words)]


def publications(published: Published, quiz_id: str) -> Sequence[tuple[int, int]]:
    """Number and moment of the publications on whose revisions there are attempts at a quiz, the newest first."""
    item = published.item("quiz", quiz_id)
    tried = select(Attempt.id).where(Attempt.item_id == item, Attempt.revision_id == Publication.revision_id).exists()
    query = select(Publication.number, Publication.at).where(Publication.course_id == published.course_id, tried)
    return [(number, at) for number, at in db.session.execute(query.order_by(Publication.number.desc()))]


def number_of(revision: int) -> int:
    """The number of the newest publication of a revision."""
    query = select(func.max(Publication.number)).where(Publication.revision_id == revision)
    return db.session.scalar(query) or 0


def _revision(published: Published, number: int) -> int:
    query = select(Publication.revision_id).where(
        Publication.course_id == published.course_id, Publication.number == number
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _first(item: int, scope: Scope, only: int | None) -> Select[*tuple[Any, ...]]:
    """Each learner's first attempt, where it is finished: number 1, since no second starts while the first is open."""
    query: Select[*tuple[Any, ...]] = select(Attempt.id, Attempt.revision_id)
    query = query.join(Enrolment, Enrolment.id == Attempt.enrolment_id).where(
        Attempt.item_id == item, Attempt.number == 1, Attempt.closed.is_not(None), *scope.conditions
    )
    return query if only is None else query.where(Attempt.revision_id == only)


def _version(item: int, scope: Scope, only: int | None) -> Version:
    query = _first(item, scope, only).with_only_columns(
        func.count(), func.coalesce(func.sum(Attempt.grade), 0), func.coalesce(func.max(Attempt.closed), 0)
    )
    attempts, grades, latest = db.session.execute(query).one()
    return Version(attempts, int(grades or 0), latest or 0)


def _analysis(
    published: Published, quiz_id: str, item: int, scope: Scope, only: int | None, _version: Version
) -> Analysis:
    shown = published if only is None else catalogue.of_revision(only)
    quiz = _source(shown, shown.names[item][1])
    latest = _first(item, scope, only).order_by(Attempt.id.desc()).limit(MOST).subquery()
    revision_of: dict[int, int] = {row[0]: row[1] for row in db.session.execute(select(latest))}
    place = {attempt: at for at, attempt in enumerate(sorted(revision_of))}
    totals, most = [0] * len(place), [0] * len(place)
    answers: dict[int, dict[int, Answered]] = {}
    for attempt, question_item, points, answered in _answers(select(latest.c.id)):
        at = place[attempt]
        answers.setdefault(question_item, {})[at] = answered
        totals[at] += answered.mark
        most[at] += points * MILLION
    asked = _questions(shown, quiz, answers)
    revisions = [revision_of[attempt] for attempt in sorted(revision_of)]
    for question_item, question in asked.items():
        same = {revision: _same(revision, question_item, question) for revision in set(revisions)}
        given = answers.get(question_item, {})
        answers[question_item] = {at: one for at, one in given.items() if same[revisions[at]]}
    listed = [
        Item(
            name=question.id,
            maximum=question.points * MILLION,
            marks={at: one.mark for at, one in answers[question_item].items() if not one.waits},
            guess=random_guess_score(question),
            drawn=not asked_of_all(quiz),
        )
        for question_item, question in asked.items()
    ]
    figures = analyse(listed, totals, max(most, default=0), MILLION)
    spreads = {item: spread(question, answers[item], totals) for item, question in asked.items()}
    return Analysis(quiz, asked, figures, spreads, len(set(revisions)))


def _questions(shown: Published, quiz: Quiz, answers: Mapping[int, object]) -> dict[int, Question]:
    """By item: the quiz's own questions in their order, then those that attempts got from other quizzes."""
    own = {shown.item("question", f"{quiz.id}/{question.id}"): question for question in quiz.questions}
    for item in answers:
        if item not in own and (name := shown.names.get(item)):
            bank, question_id = name[1].split("/", 1)
            own[item] = next(one for one in _source(shown, bank).questions if one.id == question_id)
    return own


def _same(revision: int, item: int, question: Question) -> bool:
    """Whether a revision asked the same, in other words perhaps."""
    then = catalogue.of_revision(revision)
    name = then.names.get(item)
    if name is None:
        return False
    bank, question_id = name[1].split("/", 1)
    return any(one.id == question_id and same_but_for_words(one, question) for one in _source(then, bank).questions)


def _source(published: Published, quiz_id: str) -> Quiz:
    return catalogue.quiz(published, quiz_id, published.outline.source_language)


def _answers(attempts: Select[*tuple[Any, ...]]) -> Iterator[tuple[int, int, int, Answered]]:
    """What these attempts were asked, and what was answered: attempt, question item, points, answer."""
    later, newer = aliased(Response), aliased(Marking)
    last = (
        ~select(later.id)
        .where(later.attempt_question_id == Response.attempt_question_id, later.number > Response.number, ~later.late)
        .exists()
    )
    newest = ~select(newer.id).where(newer.response_id == Marking.response_id, newer.id > Marking.id).exists()
    query = (
        select(
            AttemptQuestion.attempt_id,
            AttemptQuestion.item_id,
            AttemptQuestion.points,
            Response.value,
            Response.text.is_not(None),
            Marking.fraction,
        )
        .select_from(AttemptQuestion)
        .outerjoin(Response, and_(Response.attempt_question_id == AttemptQuestion.id, ~Response.late, last))
        .outerjoin(Marking, and_(Marking.response_id == Response.id, newest))
        .where(AttemptQuestion.attempt_id.in_(attempts))
    )
    for attempt, item, points, value, typed, fraction in db.session.execute(query):
        yield attempt, item, points, Answered((fraction or 0) * points, value, bool(typed), fraction is not None)
