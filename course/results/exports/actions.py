"""Asking for a table, writing it, and deleting its file when it has been there long enough."""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import structlog
from flask import current_app, g
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from course import clock, i18n
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.config import Config
from course.db import db, transaction
from course.errors import Conflict, Invalid
from course.learning.models import Enrolment
from course.people.audit.actions import audit
from course.people.models import Erasure
from course.results.exports.models import Export
from course.results.exports.tables import TITLES, table
from course.results.exports.writing import write_csv, write_xlsx
from course.results.scope import Scope
from course.web.days import DAY

FORMATS = ("csv", "xlsx")
KEPT = 7 * DAY
"""How long a file can be downloaded."""
ABANDONED = DAY // 12
"""After so long, one that was begun and is not done is begun anew: its process has died."""
WAITING_AT_ONCE = 5
log = structlog.get_logger("course.exports")


def ask(published: Published, scope: Scope, what: str, format: str, *, by: int, language: str) -> Export:
    """Have a table written. Raises Invalid for one that there is not, Conflict where too many of `by` wait."""
    if what not in TITLES or format not in FORMATS:
        raise Invalid(_("There is no such table. Choose one of those on the page."))
    waiting = select(func.count()).where(Export.person_id == by, Export.done.is_(None))
    if (db.session.scalar(waiting) or 0) >= WAITING_AT_ONCE:
        raise Conflict(_("Several of your tables are being written already. Wait until they are there."))
    made = Export(
        person_id=by,
        course_id=published.course_id,
        what=what,
        format=format,
        scope=urlencode(scope.written()),
        language=language,
        asked=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    audit(by, "exported", None, f"{what}.{format}", course=published.slug)
    return made


def write_next() -> bool:
    """Write the table that waits longest, if one does; whether there was one. It makes transactions of its own."""
    with transaction():
        begun = clock.now() - ABANDONED
        query = select(Export).where(Export.done.is_(None), or_(Export.begun.is_(None), Export.begun < begun))
        found = db.session.scalar(query.order_by(Export.id).limit(1).with_for_update(skip_locked=True))
        if found is None:
            return False
        _delete(found.file)
        found.begun, found.file = clock.now(), f"{found.id}-{secrets.token_hex(8)}.{found.format}"
        export, path = found.id, folder() / found.file
        db.session.flush()
        db.session.expunge(found)
    try:
        rows, failed = _write(found, path), None
    except Exception as error:
        log.exception("export failed", export=export)
        path.unlink(missing_ok=True)
        rows, failed = 0, type(error).__name__
    with transaction():
        row = db.session.get_one(Export, export)
        row.done, row.failed, row.rows = clock.now(), failed, rows
        row.file, row.size = (None, 0) if failed else (path.name, path.stat().st_size)
    return True


def _write(export: Export, path: Path) -> int:
    """Write a table into a file; how many rows it has."""
    published = catalogue.published(catalogue.slug_of(export.course_id))
    scope = Scope.read(published, dict(parse_qsl(export.scope)))
    interface = i18n.interface_for(export.language)
    g.interface = interface
    with force_locale(interface):
        found = table(export.what, published, scope, export.language)
        write = write_csv if export.format == "csv" else write_xlsx
        return write(path, found.columns, found.rows)


def delete_old() -> None:
    """Delete files that have been there long enough, and those that were being written while somebody was erased.

    That they were there stays known. A file of which no row tells is deleted, too.
    """
    erased = (
        select(Erasure.id)
        .join(Enrolment, Enrolment.person_id == Erasure.person_id)
        .where(Enrolment.course_id == Export.course_id, Erasure.done >= Export.begun)
    )
    too_long = or_(Export.done < clock.now() - KEPT, and_(Export.done.is_not(None), erased.exists()))
    for export in db.session.scalars(select(Export).where(Export.file.is_not(None), too_long).limit(100)):
        _delete(export.file)
        export.file = None
    db.session.flush()
    known = set(db.session.scalars(select(Export.file).where(Export.file.is_not(None))))
    for path in folder().iterdir():
        if path.name not in known:
            path.unlink(missing_ok=True)


def delete_naming(_sender: object, *, person: int, **_others: object) -> None:
    """Somebody is erased: tables of their courses that were written before may name them. They can be made anew."""
    theirs = select(Enrolment.course_id).where(Enrolment.person_id == person)
    query = select(Export).where(Export.file.is_not(None), Export.done.is_not(None), Export.course_id.in_(theirs))
    for export in db.session.scalars(query):
        _delete(export.file)
        export.file = None


def _delete(file: str | None) -> None:
    if file:
        (folder() / file).unlink(missing_ok=True)


def folder() -> Path:
    """Where the files are: for nobody but the account that the server runs under."""
    config: Config = current_app.config["COURSE"]
    made = config.instance / "exports"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made
