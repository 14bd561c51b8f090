"""What adding a sheet's people would do, row by row, before it is done; and doing it. Adding twice is adding once."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import select

from course import clock
from course.academy.people.sheet import Row, Sheet
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.i18n import INTERFACE
from course.learning.models import Enrolment
from course.learning.reading import actions as reading
from course.people import inviting
from course.people.models import Account
from course.people.queries import by_identifier
from course.people.rules import clean_name, folded, is_username, normal_username

DOES = INVITE, ADD, ENROL, NOTHING, WRONG = ("invite", "add", "enrol", "nothing", "wrong")


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row leads to. `row`: as it will be taken, with what was filled in. `person`: who is here already.

    `course`: where they are enrolled by it, "" for nowhere. `why`: what is wrong, or why nothing is to be done.
    """

    row: Row
    does: str
    course: str = ""
    person: int | None = None
    why: str = ""


@dataclass
class _Seen:
    """Who stood in rows before: by address or user name, and the line; and names of those without either."""

    lines: dict[str, int] = field(default_factory=dict)


def plan(sheet: Sheet, courses: Collection[str], *, language: str, course: str) -> list[Planned]:
    """What each row would do. `language` and `course` (an id or "") hold for rows that name none."""
    seen = _Seen()
    return [
        _planned(replace(row, language=row.language.lower() or language, course=row.course or course), courses, seen)
        for row in sheet.rows
    ]


def digest(planned: Sequence[Planned]) -> str:
    """The same for the same plan: what was shown is what is done."""
    return hashlib.sha256(repr(planned).encode()).hexdigest()[:32]


def carry_out(planned: Sequence[Planned], *, by: int) -> Mapping[str, int]:
    """Do it, apart from rows that are wrong. Returns how many rows did what."""
    published = {name: catalogue.published(name) for name in {one.course for one in planned} if name}
    done: dict[str, int] = {}
    for one in planned:
        done[one.does] = done.get(one.does, 0) + 1
        if one.does in (INVITE, ADD, ENROL):
            _enrol(_person(one, by), published.get(one.course))
    return done


def _person(one: Planned, by: int) -> int:
    if one.person is not None:
        return one.person
    if one.does == INVITE:
        return inviting.invite(one.row.email, by=by, name=one.row.name, language=one.row.language).person_id
    return inviting.add_without_mail(one.row.name, one.row.username, by=by, language=one.row.language).person_id


def _enrol(person: int, published: Published | None) -> None:
    if published is not None:
        reading.enrol(person, published, clock.now())


def _planned(row: Row, courses: Collection[str], seen: _Seen) -> Planned:
    row = replace(
        row, name=clean_name(row.name), email=normal_username(row.email), username=normal_username(row.username)
    )
    wrong = _wrong(row, courses)
    if wrong:
        return Planned(row, WRONG, why=wrong)
    if not row.email and not row.username:
        namesake = _namesake(row.name)
        if namesake is not None:
            return _known(replace(row, username=namesake.username or ""), namesake, seen)
        row = replace(row, username=inviting.free_username(row.name, seen.lines))
    found = by_identifier(row.email or row.username)
    if found is not None:
        return _known(row, found, seen)
    return _once(row, seen) or Planned(row, INVITE if row.email else ADD, row.course)


def _wrong(row: Row, courses: Collection[str]) -> str:
    """What keeps a row from being read, "" for nothing."""
    if row.email and row.username:
        return _("Give an address or a user name, not both: people sign in with one of them.")
    if not (row.name or row.email or row.username):
        return _("There is no name, no address and no user name.")
    if row.email and not _is_address(row.email):
        return _("“%(text)s” is no e-mail address.", text=row.email[:80])
    if row.username and not is_username(row.username):
        return _(
            "“%(text)s” is no user name: take 3 to 64 of a–z, 0–9, dot, hyphen, underscore.", text=row.username[:80]
        )
    if row.language not in INTERFACE:
        return _("“%(text)s” is no language here; write %(tags)s.", text=row.language[:20], tags=", ".join(INTERFACE))
    if row.course and row.course not in courses:
        known = ", ".join(sorted(courses)) or "–"
        return _("There is no course “%(text)s”; there are: %(known)s.", text=row.course[:40], known=known)
    return ""


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _known(row: Row, found: Account, seen: _Seen) -> Planned:
    """Somebody who has an account."""
    twice = _once(row, seen)
    if twice is not None:
        return twice
    if not found.active:
        return Planned(row, WRONG, person=found.person_id, why=_("This account is deactivated. Reactivate it first."))
    if not row.course:
        return Planned(row, NOTHING, person=found.person_id, why=_("Has an account already."))
    if _is_enrolled(found.person_id, row.course):
        return Planned(row, NOTHING, person=found.person_id, why=_("Has an account, and takes the course already."))
    return Planned(row, ENROL, row.course, found.person_id, _("Has an account already."))


def _once(row: Row, seen: _Seen) -> Planned | None:
    """Wrong, where an earlier row is about the same person."""
    key = row.email or row.username
    before = seen.lines.setdefault(key, row.line)
    if before == row.line:
        return None
    return Planned(row, WRONG, why=_("This is the same person as in row %(line)s.", line=before))


def _namesake(name: str) -> Account | None:
    """Somebody of the same name without an address: very likely the same person, from a sheet that was sent before."""
    wished = folded(name)
    query = select(Account).where(Account.email.is_(None), Account.sought.startswith(f"{wished} ", autoescape=True))
    return next((one for one in db.session.scalars(query.limit(20)) if folded(one.name) == wished), None)


def _is_enrolled(person: int, course: str) -> bool:
    course_id = catalogue.published(course).course_id
    mine = (Enrolment.person_id == person, Enrolment.course_id == course_id, Enrolment.ended.is_(None))
    return db.session.scalar(select(Enrolment.id).where(*mine)) is not None
