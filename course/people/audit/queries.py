"""The audit log a page at a time, the newest entry first, filtered as an address says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from course.db import db
from course.people.audit.models import AuditEntry
from course.people.audit.verbs import GROUPS, SIGNING_IN, VERBS, of_group
from course.people.models import Account
from course.people.rules import folded
from course.web.days import end_of, read_day, start_of

PAGE = 50
ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries. `what`: a deed or a group of deeds; "" for all but signing in and out, `all` for every one.

    `by` and `to`: part of a name or an address, or `#` with the number of a person. `since` and `until`: days, UTC.
    `before`: the id of the last entry seen.
    """

    what: str = ""
    by: str = ""
    to: str = ""
    course: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """From an address's query. Raises Invalid for a day that is none."""
        before, what = query.get("before", ""), query.get("what", "")
        return cls(
            what=what if what == ALL or what in GROUPS or what in VERBS else "",
            by=query.get("by", "").strip()[:100],
            to=query.get("to", "").strip()[:100],
            course=query.get("course", "")[:64],
            since=read_day(query.get("since", "")),
            until=read_day(query.get("until", "")),
            before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None,
        )

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for in particular."""
        return not any((self.what, self.by, self.to, self.course, self.since, self.until))


def listed(wanted: Wanted) -> list[AuditEntry]:
    """A page of entries, and one more where there is a next page."""
    query = select(AuditEntry).where(*_conditions(wanted)).order_by(AuditEntry.id.desc())
    return list(db.session.scalars(query.limit(PAGE + 1)))


def about(person: int, course: str, verbs: Collection[str]) -> Sequence[AuditEntry]:
    """What was done to somebody in a course, of these deeds, the newest first."""
    query = select(AuditEntry).where(AuditEntry.person_id == person, AuditEntry.course == course)
    return db.session.scalars(query.where(AuditEntry.verb.in_(verbs)).order_by(AuditEntry.id.desc())).all()


def courses() -> list[str]:
    """The courses in which something was done, by id."""
    query = select(AuditEntry.course).where(AuditEntry.course != "").distinct()
    return list(db.session.scalars(query.order_by(AuditEntry.course)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.what in VERBS:
        found.append(AuditEntry.verb == wanted.what)
    elif wanted.what in GROUPS:
        found.append(AuditEntry.verb.in_(of_group(wanted.what)))
    elif not wanted.what:
        found.append(AuditEntry.verb.not_in(of_group(SIGNING_IN)))
    if wanted.by:
        found.append(_named(AuditEntry.actor, wanted.by))
    if wanted.to:
        found.append(_named(AuditEntry.person_id, wanted.to))
    if wanted.course:
        found.append(AuditEntry.course == wanted.course)
    if wanted.since:
        found.append(AuditEntry.at >= start_of(wanted.since))
    if wanted.until:
        found.append(AuditEntry.at < end_of(wanted.until))
    if wanted.before is not None:
        found.append(AuditEntry.id < wanted.before)
    return found


def _named(column: InstrumentedAttribute[int | None], part: str) -> ColumnElement[bool]:
    number = part.removeprefix("#")
    if part.startswith("#") and number.isascii() and number.isdecimal() and len(number) < 19:
        return column == int(number)
    named = (Account.sought.contains(word, autoescape=True) for word in folded(part).split())
    return column.in_(select(Account.person_id).where(*named))
