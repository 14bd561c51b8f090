"""What is in a learner's practice, and what of it may be asked now."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, ScalarSelect, Text, bindparam, cast, func, select

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.errors import NotFound
from course.learning import taught
from course.learning.assessment import queries as assessment
from course.learning.assessment import standing
from course.learning.assessment.models import Attempt, AttemptQuestion
from course.learning.models import Enrolment
from course.learning.practice import rules
from course.learning.practice.models import Card, Pause
from course.quiz.model import Question, Thing
from course.quiz.types import of

NEEDED: frozenset[Thing] = frozenset({"correctness", "feedback", "key"})
"""What a quiz has to have released before its questions are practised: practice tells all of it at once."""


def due_items() -> ScalarSelect[Any]:
    """For a query over enrolments: the questions that are due at `:at`, as a text for `count`; none while it rests."""
    resting = select(Pause.id).where(Pause.enrolment_id == Enrolment.id, Pause.ended.is_(None)).exists()
    query = select(func.aggregate_strings(cast(Card.item_id, Text), ",")).where(
        Card.enrolment_id == Enrolment.id, Card.due <= bindparam("at", None, type_=BigInteger), ~resting
    )
    return query.correlate(Enrolment).scalar_subquery()


def count(due: str | None, published: Published) -> int:
    """How many of what `due_items` gives the course still has."""
    return sum(int(item) in published.names for item in (due or "").split(",") if item)


def quizzes(due: str | None, published: Published) -> set[str]:
    """The quizzes whose questions may be among what `due_items` gives."""
    names = (published.names.get(int(item), ("", ""))[1] for item in (due or "").split(",") if item)
    return {name.partition("/")[0] for name in names} & published.outline.quizzes.keys()


def reviewed_count() -> ScalarSelect[Any]:
    """For a query over enrolments: how many cards were reviewed since `:day`."""
    query = select(func.count()).where(
        Card.enrolment_id == Enrolment.id, Card.reviewed >= bindparam("day", None, type_=BigInteger)
    )
    return query.correlate(Enrolment).scalar_subquery()


def cards(enrolment: Enrolment) -> Sequence[Card]:
    """All cards, the one that is due first first."""
    query = select(Card).where(Card.enrolment_id == enrolment.id).order_by(Card.due, Card.id)
    return db.session.scalars(query).all()


def card(enrolment: Enrolment, card_id: int) -> Card:
    """One of the enrolment's own. Raises NotFound."""
    found = db.session.scalar(select(Card).where(Card.id == card_id, Card.enrolment_id == enrolment.id))
    if found is None:
        raise NotFound
    return found


def pause(enrolment: Enrolment) -> Pause | None:
    """The pause that is going on."""
    return db.session.scalar(select(Pause).where(Pause.enrolment_id == enrolment.id, Pause.ended.is_(None)))


def due(enrolment: Enrolment, published: Published, at: int) -> list[Card]:
    """The cards to ask today, as many as one day takes; what may not be told yet is not among them."""
    found = cards(enrolment)
    reviewed = sum(one.reviewed is not None and one.reviewed >= rules.day_start(at) for one in found)
    open_ones = list(askable(enrolment, published, [one for one in found if one.due <= at], at))
    return open_ones[: rules.for_today(len(open_ones), reviewed)]


def askable(enrolment: Enrolment, published: Published, some: Sequence[Card], at: int) -> Iterator[Card]:
    """Those whose question is still in the course, is in no attempt under way, and whose quiz tells all about it."""
    told = {quiz: tells_all(enrolment, published, quiz, at) for quiz in {one.quiz_item_id for one in some} if quiz}
    under_way = _under_way(enrolment) if some else set()
    for one in some:
        is_told = one.quiz_item_id is None or told[one.quiz_item_id]
        if is_told and one.item_id in published.names and one.item_id not in under_way:
            yield one


def tells_all(enrolment: Enrolment, published: Published, quiz_item: int, at: int) -> bool:
    """Whether a quiz's rules have released, to this learner, all that practice tells."""
    made = assessment.attempts(enrolment, quiz_item)
    return bool(made) and all(standing.release(enrolment, published, attempt, at) >= NEEDED for attempt in made)


def unmet(
    enrolment: Enrolment, published: Published, at: int, quiz_item: int | None = None
) -> list[tuple[int, int, int]]:
    """Questions of finished quizzes that are in no practice yet: item, quiz item, and what the last answer earned."""
    known = {one.item_id for one in cards(enrolment)}
    unmet = select(AttemptQuestion.id).where(
        AttemptQuestion.attempt_id == Attempt.id, AttemptQuestion.item_id.not_in(known)
    )
    query = select(Attempt).where(Attempt.enrolment_id == enrolment.id, Attempt.closed.is_not(None), unmet.exists())
    if quiz_item is not None:
        query = query.where(Attempt.item_id == quiz_item)
    found: dict[int, tuple[int, int, int]] = {}
    told: dict[int, bool] = {}
    for attempt in db.session.scalars(query.order_by(Attempt.item_id, Attempt.number)):
        drawn = {row.id: row.item_id for row in assessment.drawn(attempt)}
        if attempt.item_id not in told:
            told[attempt.item_id] = tells_all(enrolment, published, attempt.item_id, at)
        if told[attempt.item_id]:
            earned = assessment.fractions(attempt)
            marked = [one for one in assessment.shown(attempt, "") if of(one.question).marking == "engine"]
            for row in (one.drawn.id for one in marked):
                if drawn[row] not in known:
                    found[drawn[row]] = (drawn[row], attempt.item_id, earned.get(row, 0))
    return list(found.values())


def question(published: Published, card: Card, language: str) -> Question:
    """The question of a card as the course has it now. Raises NotFound for one that is gone."""
    holder, _, name = published.names.get(card.item_id, ("", ""))[1].partition("/")
    if not name:
        raise NotFound
    if card.quiz_item_id is not None:
        asked: Sequence[Question] = catalogue.quiz(published, holder, language).questions
    else:
        sections = catalogue.lesson(published, holder, language).sections
        asked = [part for section in sections for part in section.parts if isinstance(part, Question)]
    found = next((one for one in asked if one.id == name), None)
    if found is None:
        raise NotFound
    return found


def taught_in(published: Published, card: Card, asked: Question, language: str) -> tuple[str, str] | None:
    """The lesson and the section ("" for its beginning) that teach what a card asks; None where nothing says so."""
    holder = published.names[card.item_id][1].partition("/")[0]
    if card.quiz_item_id is None:
        return holder, taught.section(published, holder, language, lambda one: one.id == asked.id)
    return taught.of_objective(published, asked.objective, language)


def _under_way(enrolment: Enrolment) -> set[int]:
    """Questions in the enrolment's open attempts, which may be drawn from other quizzes' banks."""
    query = (
        select(AttemptQuestion.item_id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.closed.is_(None))
    )
    return set(db.session.scalars(query))
