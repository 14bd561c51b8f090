"""Simulated people: made up by `course demo`, marked as such for ever, and never counted among real ones."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from course.db import db
from course.people.models import Simulated


def simulate(person: int, at: int) -> None:
    """Mark a person as made up. There is no way back."""
    db.session.add(Simulated(person_id=person, at=at))


def is_simulated(person: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """For a query: whether this person is made up."""
    return select(Simulated.person_id).where(Simulated.person_id == person).exists()


def how_many() -> int:
    """How many people of this installation are made up."""
    return db.session.scalar(select(func.count()).select_from(Simulated)) or 0
