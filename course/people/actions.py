"""Writes about people. None of them commits. The actor is an argument."""

import secrets

from flask_babel import gettext as _
from sqlalchemy import func, select, text, update

from course import clock
from course.db import db
from course.errors import Conflict, Invalid, NotFound
from course.people import invitations, letters, outbox, passwords, sessions, throttles
from course.people.audit.actions import audit as audit
from course.people.models import Account, Person, Trainership
from course.people.privacy import consent
from course.people.queries import account, by_identifier, by_stamp, has_admin
from course.people.rules import LETTERS, clean_name, is_username, normal_username
from course.people.signals import signed_up

ROLES = ("learner", "trainer", "admin")


def add_person(
    identifier: str,
    password: str | None,
    *,
    role: str = "learner",
    course: str = "",
    name: str = "",
    language: str = "en",
    confirmed: bool = False,
    by: int | None = None,
) -> Account:
    """A new account, known by an e-mail address (with an `@`) or a user name. A trainer trains `course`.

    Raises Invalid for a name that cannot be used, Conflict where it is taken.
    """
    wished = normal_username(identifier)
    if "@" not in wished and not is_username(wished):
        raise Invalid(f"{identifier!r} is neither an e-mail address nor a user name (3 to 64 of a-z 0-9 . _ -)")
    if by_identifier(wished) is not None:
        raise Conflict(f"{wished} has an account already; change it with `course user role`")
    now = clock.now()
    person = Person(created=now)
    db.session.add(person)
    db.session.flush()
    found = Account(
        person_id=person.id,
        email=wished if "@" in wished else None,
        username=None if "@" in wished else wished,
        name=clean_name(name),
        password=passwords.hashed(password) if password else None,
        confirmed=now if confirmed else None,
        stamp=secrets.token_urlsafe(24),
        language=language,
    )
    db.session.add(found)
    db.session.flush()
    audit(by, "added", person.id)
    if role != "learner":
        give_role(person.id, role, course=course, by=by)
    return found


def give_role(person: int, role: str, *, course: str = "", by: int | None = None) -> None:
    """Make somebody a trainer of a course or an admin; `learner` takes both away (of one course, if it is named).

    Raises Invalid for an unknown role, or a trainer without a course.
    """
    found = account(person)
    if found is None:
        raise NotFound("There is no such account.")
    if role not in ROLES:
        raise Invalid(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
    if role == "trainer" and not course:
        raise Invalid("A trainer trains a course; name it with --course")
    if role == "learner":
        found.is_admin = False if not course else found.is_admin
        _end_trainerships(person, course)
    elif role == "admin":
        found.is_admin = True
    elif not _trains(person, course):
        db.session.add(Trainership(person_id=person, course=course, granted_by=by, granted=clock.now(), ended=None))
    audit(by, f"made {role}", person, course=course)


def sign_up(email: str, hashed: str, *, name: str, language: str, time_zone: str = "UTC") -> None:
    """Open an account that waits for its confirmation, and mail the link.

    An address that has an account gets a letter that says so; nobody else learns it. Whoever opened an
    unconfirmed account with it before loses it: only who reads the mail can have the last word.
    """
    if not throttles.may(throttles.key_for("letter", email), LETTERS):
        return
    found = by_identifier(email)
    if found is not None and found.confirmed is not None:
        outbox.post(email, letters.already_known(found), person=found.person_id)
        return
    if found is not None and invitations.post_again(found):
        return
    found = found or add_person(email, None, language=language)
    found.name, found.language, found.time_zone = clean_name(name), language, time_zone
    found.password, found.stamp = hashed, secrets.token_urlsafe(24)
    outbox.post(email, letters.confirm(found), person=found.person_id)


def send_confirmation(email: str, language: str) -> None:
    """Mail the link after signing up once more. Where no account waits for it, a letter says what there is."""
    if not throttles.may(throttles.key_for("letter", email), LETTERS):
        return
    found = by_identifier(email)
    if found is None or not found.active:
        outbox.post(email, letters.unknown(language))
    else:
        letter = letters.already_known(found) if found.confirmed is not None else letters.confirm(found)
        outbox.post(email, letter, person=found.person_id)


def confirm(stamp: object) -> Account:
    """The address is its owner's. Raises NotFound where the link is no longer good."""
    found = by_stamp(stamp)
    if found is None:
        raise NotFound(_("This link no longer works. Ask for a new one."))
    if found.confirmed is None:
        found.confirmed = clock.now()
        invitations.accept(found.person_id)
        audit(found.person_id, "confirmed", found.person_id)
        consent.agree(found.person_id)
        signed_up.send(person=found.person_id)
    return found


def send_reset(email: str, language: str) -> None:
    """Mail a link for a new password; where there is no account, a letter that says so."""
    if not throttles.may(throttles.key_for("letter", email), LETTERS):
        return
    found = by_identifier(email)
    if found is None or not found.active:
        outbox.post(email, letters.unknown(language))
    else:
        outbox.post(email, letters.reset(found), person=found.person_id)


def set_password(found: Account, hashed: str, *, by: int | None, but: str = "") -> None:
    """A new password: links mailed before stop working, and every sign-in ends on every worker, apart from `but`."""
    found.password, found.stamp = hashed, secrets.token_urlsafe(24)
    invitations.accept(found.person_id)
    if found.confirmed is None:  # the link came by mail (or the code on paper), so the account is theirs
        confirm(found.stamp)
    sessions.end_all(found.person_id, but)
    audit(by, "changed the password", found.person_id)
    if found.email:
        outbox.post(found.email, letters.password_changed(found), person=found.person_id)


def change_settings(person: int, *, name: str, language: str, time_zone: str) -> None:
    """How somebody likes to be addressed. Raises NotFound."""
    found = account(person)
    if found is None:
        raise NotFound(_("There is no such account."))
    found.name, found.language, found.time_zone = clean_name(name), language, time_zone


def accept_invitation(found: Account, hashed: str, *, name: str, language: str, time_zone: str) -> None:
    """The invited person opens their account: a password of their own, and how they like to be addressed."""
    change_settings(found.person_id, name=name or found.name, language=language, time_zone=time_zone)
    found.password, found.stamp = hashed, secrets.token_urlsafe(24)
    confirm(found.stamp)


def add_first_admin(email: str, password: str, *, name: str, language: str) -> Account:
    """The account of whoever started this installation. Raises Conflict once there is an admin."""
    if db.engine.dialect.name == "postgresql":  # two at once must not both be first; SQLite has one writer anyway
        db.session.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))
    if has_admin():
        raise Conflict(_("This installation has an admin already. Sign in instead."))
    found = add_person(email, password, role="admin", name=name, language=language, confirmed=True)
    consent.agree(found.person_id)
    return found


def _trains(person: int, course: str) -> bool:
    query = (
        select(func.count())
        .select_from(Trainership)
        .where(Trainership.person_id == person, Trainership.course == course, Trainership.ended.is_(None))
    )
    return db.session.scalar(query) != 0


def _end_trainerships(person: int, course: str) -> None:
    ending = update(Trainership).where(Trainership.person_id == person, Trainership.ended.is_(None))
    if course:
        ending = ending.where(Trainership.course == course)
    db.session.execute(ending.values(ended=clock.now()))
