"""Publishing: a pack's sources become an immutable revision, and that revision becomes current. All or nothing.

Building reads and computes and may take long, so it stands apart from writing, which is short: `prepare` first, then
`put`. Whatever was published in between is not overwritten.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from course import clock
from course.catalogue import loading, store
from course.catalogue.models import Course, Item, ItemName, Publication, Revision, RevisionFile
from course.catalogue.naming import Name, Named, resolve
from course.catalogue.search import actions as search
from course.content.build import build
from course.content.compiled import CompiledSource, Key
from course.content.gather import Compile, one_by_one
from course.content.link import key_of
from course.content.model import Outline
from course.content.pack import Pack
from course.content.stored import dump_outline
from course.db import db
from course.errors import Conflict, PackRefused
from course.markup.findings import Finding
from course.people.audit.actions import audit


@dataclass(frozen=True, slots=True)
class Prepared:
    """A pack without errors, and the publication (None: there was none) that it is to follow."""

    pack: Pack
    outline: Outline
    revision: str
    previous: int | None
    compiled: dict[Key, CompiledSource]
    warnings: tuple[Finding, ...]
    index: search.Update


def publish(pack: Pack, *, by: int | None, note: str, origin: str) -> Publication | None:
    """Publish a pack; None where it is what is published already.

    `by` is the person who publishes, None for the server's own files; `origin` is `files` or `browser`. Raises
    PackRefused with the findings, Conflict where somebody else published meanwhile.
    """
    return put(prepare(pack), by=by, note=note, origin=origin)


def prepare(pack: Pack, compile_all: Compile = one_by_one) -> Prepared:
    """Compile what has changed and check all of it. Writes nothing. Raises PackRefused."""
    kept = store.compiled(pack.hashes.values())
    built = build(pack, kept.get, compile_all)
    if built.outline is None:
        raise PackRefused(_("The course %(course)s has errors.", course=pack.course), built.findings)
    course = _course(built.outline)
    current = _current(course.id) if course else None
    revision = revision_hash(pack.hashes)
    if course and current:
        _check_names(course, current, built.outline, built.findings)
    warnings = tuple(finding for finding in built.findings if finding.severity == "warning")
    made = kept | built.compiled
    index = search.prepare(course.id if course else None, built.outline, lambda source: made[key_of(source)])
    return Prepared(pack, built.outline, revision, current.id if current else None, built.compiled, warnings, index)


def put(prepared: Prepared, *, by: int | None, note: str, origin: str) -> Publication | None:
    """Write what was prepared, in the caller's transaction; None where nothing has changed. Raises Conflict."""
    try:
        with db.session.begin_nested():
            return _put(prepared, by, note, origin)
    except IntegrityError as error:
        raise _overtaken() from error


def revision_hash(hashes: Mapping[str, str]) -> str:
    """The name of a state of a pack: SHA-256 (hex) over its sorted paths and the hashes of their bytes."""
    lines = (f"{path}\0{digest}\n" for path, digest in sorted(hashes.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _put(prepared: Prepared, by: int | None, note: str, origin: str) -> Publication | None:
    course = _course(prepared.outline, lock=True) or _new_course(prepared.outline)
    current = _current(course.id)
    store.put_compiled(prepared.compiled)
    store.put_bodies({loading.outline_key(prepared.revision): dump_outline(prepared.outline)})
    if current is not None and _hash(current) == prepared.revision:
        search.put(course.id, prepared.index)
        return None
    if (current.id if current else None) != prepared.previous:
        raise _overtaken()
    search.put(course.id, prepared.index)
    revision = _revision(course, prepared)
    course.slug = prepared.outline.id
    _name_items(course, prepared.outline)
    publication = Publication(
        course_id=course.id,
        number=current.number + 1 if current else 1,
        revision_id=revision.id,
        previous_id=prepared.previous,
        by=by,
        at=clock.now(),
        note=note,
        origin=origin,
    )
    db.session.add(publication)
    db.session.flush()
    audit(by, "published", None, f"publication {publication.number}", course=course.slug, detail=note)
    return publication


def _overtaken() -> Conflict:
    return Conflict(_("Somebody else published this course at the same time. Look at what they did, then try again."))


def _course(outline: Outline, lock: bool = False) -> Course | None:
    """The course of this name; else the one that had a name which this one had before."""
    for name in (outline.id, *outline.names):
        query = select(Course).where(Course.slug == name)
        found = db.session.scalar(query.with_for_update() if lock else query)
        if found is not None:
            return found
    return None


def _new_course(outline: Outline) -> Course:
    course = Course(slug=outline.id)
    db.session.add(course)
    db.session.flush()
    return course


def _current(course_id: int) -> Publication | None:
    query = select(Publication).where(Publication.course_id == course_id).order_by(Publication.number.desc()).limit(1)
    return db.session.scalar(query)


def _hash(publication: Publication) -> str:
    return db.session.execute(select(Revision.hash).where(Revision.id == publication.revision_id)).scalar_one()


def _revision(course: Course, prepared: Prepared) -> Revision:
    """The revision of these sources: a new one, or the one that was published before and comes back."""
    query = select(Revision).where(Revision.course_id == course.id, Revision.hash == prepared.revision)
    found = db.session.scalar(query)
    if found is not None:
        return found
    store.put_blobs(prepared.pack.files, prepared.pack.hashes)
    revision = Revision(course_id=course.id, hash=prepared.revision, created=clock.now())
    db.session.add(revision)
    db.session.flush()
    files = [
        {"revision_id": revision.id, "path": path, "blob_hash": digest}
        for path, digest in sorted(prepared.pack.hashes.items())
    ]
    db.session.execute(insert(RevisionFile), files)
    return revision


def _check_names(course: Course, current: Publication, outline: Outline, warnings: tuple[Finding, ...]) -> None:
    """Raises PackRefused where an id is lost, or means something else than it did."""
    before = loading.outline(current.revision_id, _hash(current))
    findings = resolve(outline, _items(course), before).findings
    if findings:
        raise PackRefused(
            _("The course %(course)s has errors.", course=course.slug), tuple(sorted((*findings, *warnings)))
        )


def _items(course: Course) -> dict[Name, int]:
    query = select(ItemName.kind, ItemName.name, ItemName.item_id).where(ItemName.course_id == course.id)
    return {(kind, name): item for kind, name, item in db.session.execute(query)}


def _name_items(course: Course, outline: Outline) -> None:
    """Give what is new an item, and what is renamed a further name."""
    items = _items(course)
    naming = resolve(outline, items, None)
    made = dict(naming.known)
    for things in ([t for t in naming.new if not t.parent], [t for t in naming.new if t.parent]):
        made.update(_new_items(course, things, made))
    names = [
        {"course_id": course.id, "kind": kind, "name": name, "item_id": item}
        for (kind, name), item in made.items()
        if (kind, name) not in items
    ]
    if names:
        db.session.execute(insert(ItemName), names)


def _new_items(course: Course, things: list[Named], made: Mapping[Name, int]) -> dict[Name, int]:
    """Items for these, whose parents have theirs."""
    items = [
        Item(course_id=course.id, kind=thing.name[0], parent_id=made[thing.parent] if thing.parent else None)
        for thing in things
    ]
    db.session.add_all(items)
    db.session.flush()
    return {thing.name: item.id for thing, item in zip(things, items, strict=True)}
