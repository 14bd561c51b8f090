"""Publishing what stands in a folder: `lessons/` and `quizzes/` as the server finds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from course.catalogue import actions, queries, store
from course.content.gather import Compile, one_by_one
from course.content.pack import Pack, read_packs
from course.db import db, transaction
from course.errors import Conflict, NotFound, PackRefused
from course.markup.findings import Finding, Findings


class Change(NamedTuple):
    """What became of a file since the publication before."""

    path: str
    what: Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a course. `number` is its new publication's, None where nothing is new or it was refused."""

    course: str
    number: int | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: str = ""


def publish_folder(root: Path, compile_all: Compile = one_by_one) -> Iterator[Outcome]:
    """Publish every course below `root`, each in a transaction of its own. What belongs to no course comes last."""
    findings = Findings()
    for pack in read_packs(root, findings):
        yield _publish(pack, compile_all)
    if findings.errors:
        yield Outcome("", findings=tuple(findings), refused="Something here belongs to no course.")


def _publish(pack: Pack, compile_all: Compile) -> Outcome:
    try:
        changes = tuple(_changes(pack))
        prepared = actions.prepare(pack, compile_all)
        with transaction():
            publication = actions.put(prepared, by=None, note="", origin="files")
            number = publication.number if publication else None
    except PackRefused as error:
        return Outcome(pack.course, findings=_findings(error), refused=str(error))
    except Conflict as error:
        return Outcome(pack.course, refused=str(error))
    finally:
        db.session.rollback()
    return Outcome(prepared.outline.id, number, changes if number else (), prepared.warnings)


def _findings(error: PackRefused) -> tuple[Finding, ...]:
    return error.findings if isinstance(error.findings, tuple) else ()


def _changes(pack: Pack) -> Iterator[Change]:
    """What differs from what is published, by path."""
    before = _published_hashes(pack.course)
    for path in sorted(before.keys() | pack.hashes.keys()):
        if path not in before:
            yield Change(path, "new")
        elif path not in pack.hashes:
            yield Change(path, "gone")
        elif before[path] != pack.hashes[path]:
            yield Change(path, "changed")


def _published_hashes(slug: str) -> Mapping[str, str]:
    try:
        return store.files_of(queries.published(slug).revision_id).hashes
    except NotFound:
        return {}
