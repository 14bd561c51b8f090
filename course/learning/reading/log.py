"""Progress, made again from the event log alone: the same values as the ones that are stored, exactly."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from course.db import db
from course.learning.models import Enrolment, Event
from course.learning.reading import rules
from course.learning.reading.models import Completion


@dataclass(frozen=True, slots=True)
class Fact:
    """A completion, as the log tells it. `item` None: the course."""

    item: int | None
    revision: int
    by: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What an enrolment's projections have to be."""

    ended: int | None
    done: rules.Done
    facts: tuple[Fact, ...]


def replay(events: Iterable[Event]) -> Progress:
    """Read one enrolment's events, oldest first."""
    ended: int | None = None
    facts: dict[int | None, Fact] = {}
    for event in events:
        if event.verb in ("enrolled", "left"):
            ended = event.at if event.verb == "left" else None
        elif event.verb in ("read", "completed") and event.item_id not in facts and event.revision_id is not None:
            by = None if "cause" in json.loads(event.detail) else event.person_id
            facts[event.item_id] = Fact(event.item_id, event.revision_id, by, event.at)
    done = frozenset(item for item in facts if item is not None)
    return Progress(ended, done, tuple(sorted(facts.values(), key=lambda fact: fact.item or 0)))


def stored(enrolment: Enrolment) -> Progress:
    """What the projections say now."""
    query = select(Completion).where(Completion.enrolment_id == enrolment.id)
    facts = [Fact(row.item_id, row.revision_id, row.by, row.at) for row in db.session.scalars(query)]
    in_order = tuple(sorted(facts, key=lambda fact: fact.item or 0))
    return Progress(enrolment.ended, rules.read_done(enrolment.done_items), in_order)


def rebuild(enrolment: Enrolment) -> Progress:
    """Make the projections agree with the log, and return what they now say. Completions are only ever added."""
    query = select(Event).where(Event.enrolment_id == enrolment.id).order_by(Event.id)
    told = replay(db.session.scalars(query))
    missing = {fact.item: fact for fact in told.facts}
    for fact in stored(enrolment).facts:
        missing.pop(fact.item, None)
    for fact in missing.values():
        db.session.add(
            Completion(enrolment_id=enrolment.id, item_id=fact.item, revision_id=fact.revision, by=fact.by, at=fact.at)
        )
    enrolment.ended = told.ended
    enrolment.done_items = rules.write_done(told.done)
    db.session.flush()
    return told
