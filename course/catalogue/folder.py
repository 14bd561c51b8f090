"""Publishing what stands in a folder: `lessons/` and `quizzes/` as the server finds them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from flask import current_app
from sqlalchemy import select

from course.catalogue import actions, bases, store
from course.catalogue.models import Course, Publication
from course.catalogue.standing import Hashes, Known, Standing, standing
from course.content.gather import Compile, one_by_one
from course.content.pack import Pack, read_packs
from course.db import db, transaction
from course.errors import Conflict, PackRefused
from course.markup.findings import Finding, Findings


class Change(NamedTuple):
    """What became of a file since the publication before."""

    path: str
    what: Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a course. `number` is its new publication's, None where nothing is new or it was refused.

    `standing` says how the files stood to what was published. Behind, they have nothing new: that is no refusal.
    """

    course: str
    number: int | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: str = ""
    standing: Standing = field(default_factory=lambda: Standing("first"))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with packs, in this installation."""

    root: Path

    def stands(self, course: str, files: Hashes, take_back: bool = False) -> Standing:
        """How its files stand to what is published."""
        born = _born(course)
        base = bases.base(_instance(), self.root, course, born) if born is not None else None
        return standing(files, base, _history(course, base), take_back)

    def remember(self, course: str, number: int) -> None:
        """It is at publication `number` now. Where that cannot be written down, the next pull asks more."""
        if (born := _born(course)) is not None:
            with suppress(OSError):
                bases.remember(_instance(), self.root, course, born, number)


def publish_folder(
    root: Path, compile_all: Compile = one_by_one, *, note: str = "", take_back: bool = False
) -> Iterator[Outcome]:
    """Publish every course below `root`, each in a transaction of its own. What belongs to no course comes last.

    Refused is what would undo a publication that the folder does not know: `course pull` comes first then.
    """
    findings = Findings()
    for pack in read_packs(root, findings):
        yield _publish(pack, Folder(root), compile_all, note, take_back)
    if findings.errors:
        yield Outcome("", findings=tuple(findings), refused="Something here belongs to no course.")


def _publish(pack: Pack, folder: Folder, compile_all: Compile, note: str, take_back: bool) -> Outcome:
    try:
        stands = folder.stands(pack.course, pack.hashes, take_back)
        if stands.how == "apart":
            return Outcome(pack.course, refused=_apart(stands), standing=stands)
        if stands.how == "behind":
            return Outcome(pack.course, standing=stands)
        prepared = actions.prepare(pack, compile_all)
        current = stands.current
        with transaction():
            publication = actions.put(prepared, by=None, note=note, origin="files")
            number = publication.number if publication else None
        at = number or (current.number if current else None)
        if at is not None:
            folder.remember(prepared.outline.id, at)
    except PackRefused as error:
        return Outcome(pack.course, findings=_findings(error), refused=str(error))
    except Conflict as error:
        return Outcome(pack.course, refused=str(error))
    finally:
        db.session.rollback()
    changes = tuple(changes_of(current.files if current else {}, pack.hashes)) if number else ()
    return Outcome(prepared.outline.id, number, changes, prepared.warnings, standing=stands)


def _apart(stands: Standing) -> str:
    """What to do when both sides have moved on."""
    assert stands.current is not None
    since = f" after {stands.base.number}, which these files came from" if stands.base else ""
    return (
        f"Publication {stands.current.number} ({stands.current.origin}) came{since}, and the files have changes of"
        " their own. Bring both together: course pull --merge"
    )


def _findings(error: PackRefused) -> tuple[Finding, ...]:
    return error.findings if isinstance(error.findings, tuple) else ()


def changes_of(before: Hashes, after: Hashes) -> Iterator[Change]:
    """What differs between two states of a pack, by path."""
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield Change(path, "new")
        elif path not in after:
            yield Change(path, "gone")
        elif before[path] != after[path]:
            yield Change(path, "changed")


def _instance() -> Path:
    instance: Path = current_app.config["COURSE"].instance
    return instance


def _born(course: str) -> int | None:
    """When the course was first published; None where it never was."""
    query = select(Publication.at).join(Course, Course.id == Publication.course_id)
    return db.session.scalar(query.where(Course.slug == course, Publication.previous_id.is_(None)))


def _history(course: str, base: int | None) -> list[Known]:
    """The publications that matter for a standing, newest first: the current one, the base, the last from files."""
    query = (
        select(Publication.number, Publication.origin, Publication.at, Publication.revision_id)
        .join(Course, Course.id == Publication.course_id)
        .where(Course.slug == course)
        .order_by(Publication.number.desc())
    )
    rows = db.session.execute(query).all()
    files = next((row.number for row in rows if row.origin == "files"), None)
    return [
        Known(row.number, row.origin, row.at, store.files_of(row.revision_id).hashes)
        for place, row in enumerate(rows)
        if place == 0 or row.number in (base, files)
    ]
