"""What stands in the draft of a course, as the workshop's pages read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import func, select

from course.authoring.models import Draft, DraftVersion, WorkingCopy
from course.catalogue import queries as catalogue
from course.catalogue import store
from course.catalogue.models import Publication, RevisionFile
from course.catalogue.published import Published
from course.content.pack import FOLDERS, Pack
from course.db import db
from course.errors import NotFound


@dataclass(frozen=True, slots=True)
class Version:
    """The newest saved state of a file in a draft. `hash` is None where the file was taken out."""

    number: int
    hash: str | None
    by: int
    at: int


class _Files(Mapping[str, bytes]):
    """The files of a draft by path. Bytes are fetched one file at a time, when they are asked for."""

    def __init__(self, state: "State") -> None:
        self.state = state

    def __getitem__(self, path: str) -> bytes:
        return body(self.state, path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.state.hashes)

    def __len__(self) -> int:
        return len(self.state.hashes)


@dataclass(frozen=True)
class State:
    """A course as its trainers have it: what is published, and what the draft makes of it.

    `draft` is None where nothing is open, or nothing in it differs from what is published. `base` has the hash of
    each file of the publication on which the draft stands, `latest` the draft's own state of files.
    """

    published: Published
    current_id: int
    draft: Draft | None
    base: Mapping[str, str]
    latest: Mapping[str, Version] = field(default_factory=dict)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of every file, by its path."""
        found = dict(self.base)
        for path, version in self.latest.items():
            if version.hash is None:
                found.pop(path, None)
            else:
                found[path] = version.hash
        return found

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The paths of files that are new, gone, or other than in the publication on which the draft stands."""
        return tuple(path for path, one in sorted(self.latest.items()) if one.hash != self.base.get(path))

    @property
    def is_behind(self) -> bool:
        """Whether something else was published since the draft was begun."""
        return self.draft is not None and self.draft.base_id != self.current_id

    @property
    def folder(self) -> str:
        """The name of the course's folder in `lessons/` and `quizzes/`."""
        return self.published.slug

    def holds(self, path: str) -> bool:
        """Whether a file of this path would be one of this course."""
        return path.startswith(tuple(f"{folder}/{self.folder}/" for folder in FOLDERS))

    def pack(self) -> Pack:
        return Pack(self.folder, _Files(self), self.hashes)


def state(slug: str) -> State:
    """The course as its trainers have it now. Raises NotFound."""
    published = catalogue.published(slug)
    current = publication(published.course_id, published.number)
    draft = open_draft(published.course_id)
    if draft is not None:
        base = db.session.get_one(Publication, draft.base_id)
        found = State(published, current.id, draft, store.files_of(base.revision_id).hashes, latest(draft.id))
        if found.changed:
            return found
    return State(published, current.id, None, store.files_of(published.revision_id).hashes)


def publication(course_id: int, number: int) -> Publication:
    """A publication of a course by its number. Raises NotFound."""
    query = select(Publication).where(Publication.course_id == course_id, Publication.number == number)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def open_draft(course_id: int) -> Draft | None:
    return db.session.scalar(select(Draft).where(Draft.course_id == course_id, Draft.ended.is_(None)))


def latest(draft_id: int) -> dict[str, Version]:
    """The newest version of each file that was saved in a draft."""
    newest = (
        select(DraftVersion.path, func.max(DraftVersion.number).label("number"))
        .where(DraftVersion.draft_id == draft_id)
        .group_by(DraftVersion.path)
        .subquery()
    )
    query = (
        select(DraftVersion.path, DraftVersion.number, DraftVersion.hash, DraftVersion.by, DraftVersion.at)
        .join(newest, (newest.c.path == DraftVersion.path) & (newest.c.number == DraftVersion.number))
        .where(DraftVersion.draft_id == draft_id)
    )
    return {path: Version(number, digest, by, at) for path, number, digest, by, at in db.session.execute(query)}


def body(state: State, path: str) -> bytes:
    """The bytes of a file as the draft has it. Raises KeyError."""
    digest = state.hashes[path]
    version = state.latest.get(path)
    if version is None or state.draft is None:
        return store.blob(digest)
    query = select(DraftVersion.body).where(
        DraftVersion.draft_id == state.draft.id, DraftVersion.path == path, DraftVersion.number == version.number
    )
    found = db.session.scalar(query)
    return found if found is not None else store.blob(digest)


def earlier(course_id: int, path: str, digest: str) -> bytes | None:
    """A state of a file that was in some draft of the course, or published, once; None where it never was."""
    query = (
        select(DraftVersion.body)
        .join(Draft, Draft.id == DraftVersion.draft_id)
        .where(Draft.course_id == course_id, DraftVersion.path == path, DraftVersion.hash == digest)
    )
    found = db.session.scalar(query.limit(1))
    if found is not None:
        return found
    published = (
        select(RevisionFile.blob_hash)
        .join(Publication, Publication.revision_id == RevisionFile.revision_id)
        .where(Publication.course_id == course_id, RevisionFile.path == path, RevisionFile.blob_hash == digest)
    )
    return store.blob(digest) if db.session.scalar(published.limit(1)) else None


def working_copy(person: int, course_id: int, path: str) -> WorkingCopy | None:
    """What somebody was writing in a file and has not saved."""
    return db.session.get(WorkingCopy, (person, course_id, path))


def working_copies(person: int, course_id: int) -> dict[str, WorkingCopy]:
    """All that somebody was writing in a course and has not saved, by path."""
    query = select(WorkingCopy).where(WorkingCopy.person_id == person, WorkingCopy.course_id == course_id)
    return {copy.path: copy for copy in db.session.scalars(query)}
