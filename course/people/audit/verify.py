"""Whether the audit log is what was written: every link worked out anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from course.db import db
from course.people.audit.models import AuditEntry
from course.people.audit.rules import FIRST, digested, linked
from course.people.models import Erasure

AT_ONCE = 1000


@dataclass(slots=True)
class Verdict:
    """`entries` that hold, one after the other, and the link of the last one. `broken`: the id of the first entry
    that does not, None for none, and `why`. `met`: whether the link that was asked for is among them.
    """

    entries: int = 0
    last: str = FIRST
    broken: int | None = None
    why: str = ""
    met: bool = False


def verify(known: str = "") -> Verdict:
    """Go through the chain up to the first entry that is not what was written.

    `known` is a link that was noted before: that it is still met shows that nothing was cut off up to there.
    """
    found = Verdict(met=not known)
    for entry in _entries():
        found.why = _wrong(entry, found.last)
        if found.why:
            found.broken = entry.id
            break
        found.entries, found.last = found.entries + 1, entry.link
        found.met = found.met or entry.link == known
    return found


def _entries() -> Iterator[AuditEntry]:
    after = 0
    while True:
        query = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(AT_ONCE)
        part: Sequence[AuditEntry] = db.session.scalars(query).all()
        yield from part
        if len(part) < AT_ONCE:
            return
        after = part[-1].id
        db.session.rollback()


def _wrong(entry: AuditEntry, last: str) -> str:
    if entry.previous != last:
        return "it does not follow the entry before it; entries were taken out, put in, or moved"
    if linked(entry.previous, entry) != entry.link:
        return "it does not say what was written"
    if entry.salt is not None:
        return "" if digested(entry.detail, entry.salt) == entry.digest else "its text is not what was written"
    if entry.detail or (entry.digest and not _was_erased(entry)):
        return "its text is not what was written" if entry.detail else "its text is gone, and nobody was erased"
    return ""


def _was_erased(entry: AuditEntry) -> bool:
    """Whether somebody whom the entry is about, or who wrote it, was erased."""
    erasure = aliased(Erasure)
    query = select(func.count()).select_from(erasure)
    return bool(db.session.scalar(query.where(or_(*(erasure.person_id == one for one in _people(entry))))))


def _people(entry: AuditEntry) -> list[int]:
    return [one for one in (entry.actor, entry.person_id) if one is not None] or [0]
