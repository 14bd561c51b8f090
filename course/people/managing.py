"""What an admin does with an account. None of this commits; the actor is an argument. There is always an admin left."""

import secrets

from flask_babel import gettext as _
from sqlalchemy import func, select, text, update

from course import clock
from course.db import db
from course.errors import Conflict, NotFound
from course.people import invitations, inviting, letters, outbox, sessions
from course.people.actions import audit, give_role
from course.people.models import Account, Trainership
from course.people.queries import by_identifier
from course.people.rules import clean_name, normal_username


def deactivate(person: int, *, by: int | None) -> None:
    """Let nobody in with this account; every device is signed out with its next request. Doing it twice is once."""
    found = _found(person)
    if person == by:
        raise Conflict(_("This is your own account. Another admin can deactivate it."))
    if not found.active:
        return
    keep_an_admin(found)
    found.active, found.stamp = False, secrets.token_urlsafe(24)
    invitations.withdraw(person)
    sessions.end_all(person)
    audit(by, "deactivated", person)


def reactivate(person: int, *, by: int | None) -> None:
    """Let the person in again, with the password and the progress that they had."""
    found = _found(person)
    if not found.active:
        found.active = True
        audit(by, "reactivated", person)


def make_admin(person: int, *, by: int | None) -> None:
    """Give all rights of this installation."""
    if not _found(person).is_admin:
        give_role(person, "admin", by=by)


def end_admin(person: int, *, by: int | None) -> None:
    """Take the rights of an admin away; trainerships stay. Raises Conflict for oneself, and for the last one."""
    found = _found(person)
    if person == by:
        raise Conflict(_("You are an admin yourself; only another admin can take that away."))
    if found.is_admin:
        keep_an_admin(found)
        found.is_admin = False
        audit(by, "ended admin", person)


def make_trainer(person: int, course: str, *, by: int | None) -> None:
    """Let a person train a course (its id), whose existence the caller has seen to."""
    _found(person)
    give_role(person, "trainer", course=course, by=by)


def end_trainership(person: int, course: str, *, by: int | None) -> None:
    """Take the training of one course away, from the next request on."""
    mine = (Trainership.person_id == person, Trainership.course == course, Trainership.ended.is_(None))
    ended = db.session.execute(update(Trainership).where(*mine).values(ended=clock.now()).returning(Trainership.id))
    if ended.first() is not None:
        audit(by, "ended trainer", person, course=course)


def sign_out_everywhere(person: int, *, by: int | None) -> None:
    """End every sign-in of a person: a phone was lost."""
    _found(person)
    sessions.end_all(person)
    audit(by, "signed out everywhere", person)


def send_reset(person: int, *, by: int | None) -> None:
    """Mail the person a link for a new password. Raises Conflict where there is no address to mail to."""
    found = _found(person)
    if not found.email or not found.active or found.confirmed is None:
        raise Conflict(_("This account cannot be sent a link. Load the page again to see how it stands."))
    outbox.post(found.email, letters.reset(found), person=person)
    audit(by, "sent a link for a new password", person)


def correct(person: int, *, name: str, email: str | None, by: int | None) -> None:
    """Correct a name and, while nobody has confirmed it, an address that was mistyped: the invitation goes there.

    Raises Conflict for a confirmed address, and for one that somebody has.
    """
    found = _found(person)
    if clean_name(name) != found.name:
        found.name = clean_name(name)
        audit(by, "corrected the name", person)
    wished = normal_username(email or "")
    if not wished or wished == found.email:
        return
    if found.confirmed is not None or not found.email:
        raise Conflict(_("This address is confirmed: only its owner can change it."))
    if by_identifier(wished) is not None:
        raise Conflict(_("This address has an account already."))
    found.email = wished
    audit(by, "corrected the address", person)
    inviting.invite_again(found, by=by)


def keep_an_admin(found: Account) -> None:
    """Raises Conflict where this is the only admin who can sign in."""
    if not found.is_admin:
        return
    if db.engine.dialect.name == "postgresql":  # two admins who end each other at once; SQLite has one writer anyway
        db.session.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))
    others = (
        select(func.count())
        .select_from(Account)
        .where(Account.is_admin, Account.active, Account.confirmed.is_not(None), Account.person_id != found.person_id)
    )
    if not db.session.scalar(others):
        raise Conflict(_("This is the only admin. Make somebody else an admin first."))


def _found(person: int) -> Account:
    """The account, read anew and kept from others until this is done. Raises NotFound."""
    query = select(Account).where(Account.person_id == person).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such account."))
    return found
