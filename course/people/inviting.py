"""Asking people in: by a mailed link, or by a first code on paper. None of this commits; the actor is an argument."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from course import clock
from course.db import db
from course.errors import Conflict, NotFound
from course.people import invitations, passwords, sessions, throttles
from course.people.actions import add_person, audit
from course.people.models import Account, Invitation
from course.people.queries import account, by_identifier
from course.people.rules import CODE_GROUP, CODE_GROUPS, CODE_LETTERS, normal_code, username_for

MOST_SLIPS = 50
"""Slips that are made at once: each takes a password's hash (18 ms), and the worker serves nobody else meanwhile."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on paper, this once: nobody can read the code again. `until` in microseconds UTC."""

    person: int
    name: str
    username: str
    code: str
    language: str
    until: int


def invite(
    email: str, *, by: int | None, name: str = "", language: str = "en", role: str = "learner", course: str = ""
) -> Account:
    """Open an account that waits for its owner, and mail them the link. Raises Invalid, Conflict."""
    found = add_person(email, None, role=role, course=course, name=name, language=language, by=by)
    invitations.post(found, by=by)
    audit(by, "invited", found.person_id)
    return found


def invite_again(found: Account, *, by: int | None) -> None:
    """Mail a new link; the one before no longer works. Raises Conflict where nobody waits for one."""
    if found.confirmed is not None or not found.active or not found.email:
        raise Conflict(_("This account waits for no invitation. Load the page again to see how it stands."))
    invitations.post(found, by=by)
    audit(by, "invited", found.person_id)


def add_without_mail(name: str, username: str = "", *, by: int | None, language: str = "en") -> Account:
    """An account for somebody without an e-mail address, which a first code opens. Without `username` one is made."""
    return add_person(username or free_username(name), None, name=name, language=language, by=by)


def free_username(name: str, taken: Collection[str] = ()) -> str:
    """A user name for somebody of this name that nobody has, and that is not among `taken`."""
    number = 1
    while (wished := username_for(name, number)) in taken or by_identifier(wished) is not None:
        number += 1
    return wished


def make_slip(person: int, *, by: int) -> Slip:
    """A new first code: the password that was, links and every sign-in end. Raises NotFound, Conflict."""
    found = account(person)
    if found is None:
        raise NotFound(_("There is no such account."))
    if not found.username or found.email or not found.active:
        raise Conflict(_("A first code is for an active account that signs in with a user name."))
    if person == by:
        raise Conflict(_("This is your own account: change your password in your settings."))
    code = "-".join("".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_GROUP)) for _g in range(CODE_GROUPS))
    found.password, found.stamp = passwords.hashed(normal_code(code)), secrets.token_urlsafe(24)
    sessions.end_all(person)
    throttles.forget(throttles.key_for("sign-in", f"person {person}"))
    until = invitations.begin(person, "slip", by=by)
    audit(by, "made a first code", person)
    return Slip(person, found.name, found.username, code, found.language, until)


def waiting_for_slips(most: int = MOST_SLIPS) -> list[Account]:
    """Who has neither an address nor a password nor a code that still works, in the order of the list."""
    mine = (Invitation.person_id == Account.person_id, *invitations.is_open(), Invitation.until > clock.now())
    query = (
        select(Account)
        .where(Account.email.is_(None), Account.active, Account.confirmed.is_(None))
        .where(~select(Invitation.id).where(*mine).exists())
    )
    return list(db.session.scalars(query.order_by(Account.sought, Account.person_id).limit(most)))
