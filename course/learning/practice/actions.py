"""What changes a learner's practice. Each answer is an event; cards follow from the events alone."""

import json

from sqlalchemy import delete, select

from course.catalogue.published import Published
from course.db import db
from course.learning import events
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.models import Enrolment, Event
from course.learning.practice import queries, rules
from course.learning.practice.models import Card, Pause

MET, REVIEW = "met", "review"
"""What an `answered` event says of itself under `practice`: it brought a question in, or it was a review."""


def meet(enrolment: Enrolment, item: int, fraction: int, at: int, quiz_item: int | None = None) -> Card:
    """A question was answered, whose event has been recorded with `practice`: it will come back."""
    card = _card(enrolment, item)
    memory = rules.after(_memory(card) if card else None, fraction, at)
    if card is None:
        card = Card(enrolment_id=enrolment.id, item_id=item, quiz_item_id=quiz_item, turn=0)
        db.session.add(card)
    _remember(card, memory)
    db.session.flush()
    return card


def take_in(enrolment: Enrolment, published: Published, at: int, quiz_item: int | None = None) -> int:
    """Bring in the questions of quizzes (of one quiz) that have told all about them; how many those were."""
    hold_enrolment(enrolment.id)
    new = queries.unmet(enrolment, published, at, quiz_item)
    for item, quiz, fraction in new:
        detail: dict[str, object] = {"practice": MET, "fraction": fraction, "quiz": quiz}
        events.record(enrolment, "answered", item=item, revision=published.revision_id, at=at, **detail)
        meet(enrolment, item, fraction, at, quiz)
    return len(new)


def review(
    enrolment: Enrolment, published: Published, card: Card, turn: int, fraction: int, language: str, at: int
) -> bool:
    """Record a review and when the question is due again. False, and nothing changed, where it is for a past turn."""
    hold_enrolment(enrolment.id)
    db.session.refresh(card, with_for_update=True)
    if card.turn != turn:
        return False
    detail: dict[str, object] = {"practice": REVIEW, "fraction": fraction, "language": language}
    events.record(enrolment, "answered", item=card.item_id, revision=published.revision_id, at=at, **detail)
    _remember(card, rules.after(_memory(card), fraction, at))
    card.turn, card.reviewed = turn + 1, at
    db.session.flush()
    return True


def rest(enrolment: Enrolment, at: int) -> None:
    """Let practice rest. Resting twice is resting once."""
    hold_enrolment(enrolment.id)
    if queries.pause(enrolment) is None:
        db.session.add(Pause(enrolment_id=enrolment.id, at=at))


def resume(enrolment: Enrolment, at: int) -> None:
    """Go on with practice."""
    hold_enrolment(enrolment.id)
    resting = queries.pause(enrolment)
    if resting is not None:
        resting.ended = max(at, resting.at)


def rebuild(enrolment: Enrolment) -> None:
    """Make all cards again from the event log: the same as the stored ones, exactly."""
    hold_enrolment(enrolment.id)
    db.session.execute(delete(Card).where(Card.enrolment_id == enrolment.id))
    query = select(Event).where(Event.enrolment_id == enrolment.id, Event.verb == "answered").order_by(Event.id)
    for event in db.session.scalars(query).all():
        detail = json.loads(event.detail)
        if "practice" not in detail or event.item_id is None:
            continue
        card = meet(enrolment, event.item_id, detail["fraction"], event.at, detail.get("quiz"))
        if detail["practice"] == REVIEW:
            card.turn, card.reviewed = card.turn + 1, event.at
    db.session.flush()


def _card(enrolment: Enrolment, item: int) -> Card | None:
    return db.session.scalar(select(Card).where(Card.enrolment_id == enrolment.id, Card.item_id == item))


def _memory(card: Card) -> rules.Memory:
    return rules.Memory(card.stability, card.difficulty, card.met, card.due)


def _remember(card: Card, memory: rules.Memory) -> None:
    card.stability, card.difficulty = memory.stability, memory.difficulty
    card.met, card.due = memory.met, memory.due
