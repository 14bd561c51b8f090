"""The privacy notice, and who agreed to which version of it, when."""

from sqlalchemy import select

from course import clock
from course.db import db
from course.people.audit.actions import audit
from course.people.privacy.models import Consent

VERSION = "2026-11"
"""Of the notice in templates/people/privacy.html. Whoever changes what it says gives it a new one: who agreed to an
older one is asked again when they next sign in."""


def agreed(person: int) -> str | None:
    """The version that a person agreed to last: "" for one from before there was a notice, None for no answer yet."""
    query = select(Consent.version).where(Consent.person_id == person).order_by(Consent.id.desc()).limit(1)
    return db.session.scalar(query)


def is_to_be_asked(person: int) -> bool:
    """Whether the notice has changed since the person agreed to it. Accounts from the command line are never asked."""
    return agreed(person) not in (VERSION, None)


def agree(person: int) -> None:
    """Keep that a person agrees to the notice as it is now. Agreeing twice is agreeing once."""
    if agreed(person) != VERSION:
        db.session.add(Consent(person_id=person, version=VERSION, at=clock.now()))
        audit(person, "agreed to the privacy notice", person, VERSION)
