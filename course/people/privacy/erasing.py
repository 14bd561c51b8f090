"""Forgetting a person: the account and what they wrote go, and results still add up. Never commits."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Table, and_, delete, or_, select, text, update

from course import clock
from course.config import Config
from course.db import db
from course.errors import NotFound
from course.people import throttles
from course.people.actions import audit
from course.people.audit.models import AuditEntry
from course.people.managing import keep_an_admin
from course.people.models import Account, Erasure, Mail, Trainership
from course.people.privacy.opening import OPENED
from course.people.privacy.rows import columns, of_person, personal_tables
from course.people.signals import erasing


def erase(person: int, *, by: int) -> list[int]:
    """Erase all that tells of a person. Returns the ids of their letters, whose files are taken away after the commit.

    Raises NotFound where there is no account, Conflict for the only admin.
    """
    found = db.session.get(Account, person, populate_existing=True)
    if found is None:
        raise NotFound
    keep_an_admin(found)
    erasure = Erasure(person_id=person, at=clock.now(), by=by, done=None)
    db.session.add(erasure)
    db.session.flush()  # it opens what only grows, for this person alone
    erasing.send(None, person=person)
    letters = _post_away(found)
    _forget_tries(found)
    _empty_texts(person)
    mine = Trainership.person_id == person
    db.session.execute(update(Trainership).where(mine, Trainership.ended.is_(None)).values(ended=clock.now()))
    db.session.flush()
    db.session.expunge(found)
    for table in reversed(personal_tables()):
        if all(what.erased == "row" for _column, what in columns(table)):
            db.session.execute(delete(table).where(of_person(table, person)))
    erasure.done = clock.now()
    audit(by, "erased", person)
    return letters


def take_files_away(config: Config, letters: list[int]) -> None:
    """Letters that stand as files, since no mail server is configured."""
    for letter in letters:
        for path in (config.instance / "outbox").glob(f"*-{letter}.*"):
            with suppress(FileNotFoundError):
                Path(path).unlink()


def _post_away(found: Account) -> list[int]:
    """Letters to the person, and to their address from before there was an account."""
    theirs = or_(Mail.person_id == found.person_id, and_(Mail.recipient == found.email, Mail.recipient != ""))
    letters = list(db.session.scalars(select(Mail.id).where(theirs)))
    db.session.execute(delete(Mail).where(Mail.id.in_(letters)))
    return letters


def _forget_tries(found: Account) -> None:
    throttles.forget(throttles.key_for("sign-in", f"person {found.person_id}"))
    for name in filter(None, (found.email, found.username)):
        for kind in ("letter", "sign-in"):
            throttles.forget(throttles.key_for(kind, name))


def _empty_texts(person: int) -> None:
    for table in personal_tables():
        kinds = {column.name: what.erased for column, what in columns(table)}
        if "emptied" in kinds.values() or "typed" in kinds.values():
            _empty(table, person, kinds)
    about = or_(AuditEntry.person_id == person, AuditEntry.actor == person)
    db.session.execute(update(AuditEntry).where(about).values(detail="", salt=None))


def _empty(table: Table, person: int, kinds: Mapping[str, str]) -> None:
    mine = of_person(table, person)
    if table.name == "save":  # what was sent, as a digest: a short answer could be guessed from it
        db.session.execute(update(table).where(mine).values(fingerprint=text("'erased.' || id")))
        return
    values = {name: text(OPENED[table.name][name]) for name, how in kinds.items() if how in ("emptied", "typed")}
    if "typed" in kinds.values():  # a text, or gaps (JSON of an object): somebody may have typed what stands there
        mine = and_(mine, or_(table.c.text.is_not(None), table.c.value.startswith("{")))
    db.session.execute(update(table).where(mine).values(values))
