"""What trainers do to a draft. Nothing here commits."""

import hashlib

from flask_babel import gettext as _
from sqlalchemy import func, select

from course.authoring import queries
from course.authoring.models import Draft, DraftVersion, WorkingCopy
from course.authoring.queries import State
from course.catalogue.models import Course
from course.content.paths import classify, size_limit
from course.db import db
from course.errors import Conflict, Invalid, NotFound
from course.people.audit.actions import audit


class Clash(Conflict):
    """Somebody else saved the file since the text was opened. `theirs` is what they saved, None: they took it out."""

    def __init__(self, theirs: bytes | None) -> None:
        super().__init__(_("Somebody else has saved this file meanwhile."))
        self.theirs = theirs


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def save(slug: str, path: str, data: bytes | None, base: str, by: int, at: int) -> bool:
    """Save a file in the course's draft; None takes it out. Whether that changed anything.

    `base` is the hash of what the text was made from, "" for a file that was not there. Raises Clash where that is no
    longer what stands there, NotFound for a path that no course has, Invalid for a file that is too large.
    """
    state = locked(slug)
    if classify(path) is None or not state.holds(path):
        raise NotFound(_("A course has no file of this name."))
    if data is not None and len(data) > size_limit(path):
        raise Invalid(_("This file is too large: %(most)s kB are the most.", most=size_limit(path) // 1000))
    there = state.hashes.get(path)
    wanted = None if data is None else digest(data)
    forget(by, state.published.course_id, path)
    if wanted == there:
        return False
    if (there or "") != base:
        raise Clash(None if there is None else queries.body(state, path))
    put(state, {path: data}, by, at)
    return True


def put(state: State, files: dict[str, bytes | None], by: int, at: int) -> None:
    """Save these files, whatever stood there, in the draft that is open, or in a new one."""
    draft = state.draft or _begin(state, by, at)
    for path, data in files.items():
        number = select(func.coalesce(func.max(DraftVersion.number), 0)).where(
            DraftVersion.draft_id == draft.id, DraftVersion.path == path
        )
        version = DraftVersion(
            draft_id=draft.id,
            path=path,
            number=db.session.scalars(number).one() + 1,
            hash=None if data is None else digest(data),
            body=data,
            by=by,
            at=at,
        )
        db.session.add(version)
    db.session.flush()


def keep(slug: str, path: str, text: str, base: str, by: int, at: int) -> None:
    """Keep what somebody is writing, for them alone, until they save it. Raises NotFound, Invalid."""
    state = queries.state(slug)
    if classify(path) is None or not state.holds(path):
        raise NotFound(_("A course has no file of this name."))
    if len(text.encode()) > size_limit(path):
        raise Invalid(_("This file is too large: %(most)s kB are the most.", most=size_limit(path) // 1000))
    copy = queries.working_copy(by, state.published.course_id, path)
    if copy is None:
        copy = WorkingCopy(person_id=by, course_id=state.published.course_id, path=path, base=base, text=text, at=at)
        db.session.add(copy)
    copy.base, copy.text, copy.at = base, text, at
    db.session.flush()


def forget(person: int, course_id: int, path: str) -> None:
    """Drop what somebody was writing: it is saved, or they do not want it."""
    copy = queries.working_copy(person, course_id, path)
    if copy is not None:
        db.session.delete(copy)
        db.session.flush()


def discard(slug: str, by: int, at: int) -> None:
    """Throw the draft away: what is published is what trainers go on from. What was saved can still be looked up."""
    state = locked(slug)
    if state.draft is not None:
        state.draft.ended = at
        audit(by, "threw the draft away", None, ", ".join(state.changed), course=slug)
        db.session.flush()


def locked(slug: str) -> State:
    """The course as it is now, while nobody else changes its draft or publishes it."""
    published = queries.state(slug).published
    db.session.execute(select(Course.id).where(Course.id == published.course_id).with_for_update())
    db.session.expire_all()
    return queries.state(slug)


def _begin(state: State, by: int, at: int) -> Draft:
    """A new draft on what is published. One in which nothing was changed makes room for it."""
    empty = queries.open_draft(state.published.course_id)
    if empty is not None:
        empty.ended = at
        db.session.flush()
    draft = Draft(course_id=state.published.course_id, base_id=state.current_id, by=by, begun=at)
    db.session.add(draft)
    db.session.flush()
    return draft
