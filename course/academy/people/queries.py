"""Reads over accounts. Lists are read a page at a time, from the last person seen (keyset)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select, tuple_

from course import clock
from course.academy.people.wanted import STATES, Wanted
from course.catalogue.models import Course
from course.db import db
from course.errors import NotFound
from course.learning.models import Enrolment
from course.people.invitations import is_open
from course.people.models import Account, Invitation, Person, SignIn, Trainership
from course.people.rules import folded
from course.people.simulated import is_simulated

PAGE = 50


class Listed(NamedTuple):
    """A person in a list; moments in microseconds UTC."""

    person: int
    name: str
    email: str | None
    username: str | None
    is_admin: bool
    state: str
    until: int | None
    """When the invitation or the first code is over."""
    trains: Sequence[str]
    """Ids of courses, as are these:"""
    learns: Sequence[str]
    seen: int | None
    """When they signed in last."""


class Facts(NamedTuple):
    """One account, for its page."""

    account: Account
    state: str
    invitation: Invitation | None
    created: int
    trains: Sequence[Trainership]
    enrolments: Sequence[tuple[str, Enrolment]]
    """The id of each course, with the enrolment; an open one before one that ended."""
    seen: int | None
    devices: int
    """How many sign-ins are open."""


def listed(wanted: Wanted) -> list[Listed]:
    """A page of people, and one more where there is a next page."""
    query = _accounts(
        Account.person_id, Account.name, Account.email, Account.username, Account.is_admin, _state(), Invitation.until
    ).where(*_wanted(wanted))
    if wanted.sort == "newest":
        query = query.order_by(Account.person_id.desc())
        query = query.where(Account.person_id < wanted.after) if wanted.after else query
    else:
        query = query.order_by(Account.sought, Account.person_id)
        query = query.where(_behind(wanted.after)) if wanted.after else query
    rows = db.session.execute(query.limit(PAGE + 1)).all()
    people = [row[0] for row in rows]
    trains, learns, seen = _trains(people), _learns(people), _seen(people)
    return [_listed(row, trains, learns, seen) for row in rows]


def _listed(
    row: Sequence[Any], trains: Mapping[int, list[str]], learns: Mapping[int, list[str]], seen: Mapping[int, int]
) -> Listed:
    person = row[0]
    mine = (trains.get(person, ()), learns.get(person, ()), seen.get(person))
    return Listed._make((*row[:7], *mine))


def by_state(simulated: bool) -> Mapping[str, int]:
    """How many accounts stand how."""
    made_up = is_simulated(Account.person_id)
    state = _state()
    query = _accounts(state, func.count()).where(made_up if simulated else not_(made_up)).group_by(state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def facts(person: int) -> Facts:
    """Raises NotFound where there is no such account (any more)."""
    row = db.session.execute(
        _accounts(Account, _state(), Invitation, Person.created)
        .join(Person, Person.id == Account.person_id)
        .where(Account.person_id == person)
    ).first()
    if row is None:
        raise NotFound
    training = select(Trainership).where(Trainership.person_id == person, Trainership.ended.is_(None))
    learning = (
        select(Course.slug, Enrolment)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person)
        .order_by(Enrolment.ended.is_not(None), Enrolment.id.desc())
    )
    open_ = (SignIn.person_id == person, SignIn.ended.is_(None), SignIn.until > clock.now())
    return Facts(
        account=row[0],
        state=row[1],
        invitation=row[2],
        created=row[3],
        trains=db.session.scalars(training.order_by(Trainership.course)).all(),
        enrolments=[(slug, enrolment) for slug, enrolment in db.session.execute(learning)],
        seen=_seen([person]).get(person),
        devices=db.session.scalar(select(func.count()).select_from(SignIn).where(*open_)) or 0,
    )


def _accounts(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Accounts, each with what waits for its answer: one invitation at most is open."""
    waits = and_(Invitation.person_id == Account.person_id, *is_open())
    return select(*columns).select_from(Account).outerjoin(Invitation, waits)


def _state() -> ColumnElement[str]:
    late = Invitation.until <= clock.now()
    return case(
        (not_(Account.active), "inactive"),
        (and_(Invitation.kind == "slip", late), "late-code"),
        (Invitation.kind == "slip", "code"),
        (Account.confirmed.is_not(None), "open"),
        (and_(Invitation.kind == "mail", late), "lapsed"),
        (Invitation.kind == "mail", "invited"),
        (Account.email.is_(None), "no-code"),
        else_="unconfirmed",
    )


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    made_up = is_simulated(Account.person_id)
    found = [made_up if wanted.simulated else not_(made_up)]
    # Each word has to be there, in whatever order somebody writes a name.
    found += [Account.sought.contains(word, autoescape=True) for word in folded(wanted.text).split()]
    if wanted.state:
        found.append(_state().in_(STATES[wanted.state]))
    if wanted.role == "admin":
        found.append(Account.is_admin.is_(True))
    trains = exists().where(
        Trainership.person_id == Account.person_id,
        Trainership.ended.is_(None),
        *([Trainership.course == wanted.course] if wanted.course else []),
    )
    learns = exists().where(
        Enrolment.person_id == Account.person_id,
        Enrolment.ended.is_(None),
        Enrolment.course_id == select(Course.id).where(Course.slug == wanted.course).scalar_subquery(),
    )
    if wanted.role == "trainer":
        found.append(trains)
    elif wanted.role == "learner":
        found.append(learns if wanted.course else and_(not_(Account.is_admin), not_(trains)))
    elif wanted.course:
        found.append(or_(learns, trains))
    return found


def _behind(person: int) -> ColumnElement[bool]:
    """Those who stand behind a person in the list by name. Behind somebody who was erased meanwhile, nobody does."""
    last = select(Account.sought).where(Account.person_id == person).scalar_subquery()
    return tuple_(Account.sought, Account.person_id) > tuple_(last, person)


def _trains(people: Collection[int]) -> Mapping[int, list[str]]:
    query = select(Trainership.person_id, Trainership.course).where(
        Trainership.person_id.in_(people), Trainership.ended.is_(None)
    )
    return _grouped(query.order_by(Trainership.course))


def _learns(people: Collection[int]) -> Mapping[int, list[str]]:
    query = select(Enrolment.person_id, Course.slug).join(Course, Course.id == Enrolment.course_id)
    return _grouped(query.where(Enrolment.person_id.in_(people), Enrolment.ended.is_(None)).order_by(Course.slug))


def _grouped(query: Select[int, str]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person, name in db.session.execute(query):
        found.setdefault(person, []).append(name)
    return found


def _seen(people: Collection[int]) -> Mapping[int, int]:
    query = select(SignIn.person_id, func.max(SignIn.at)).where(SignIn.person_id.in_(people))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(SignIn.person_id))}
