"""The source of a translation as it was when the translation was made, from what was published since."""

from sqlalchemy import func, select

from course.catalogue import store
from course.catalogue.models import Course, Revision, RevisionFile
from course.content.compile import compile_source
from course.content.paths import classify
from course.content.translations import readable_units
from course.db import db


def earlier_units(course: str, path: str, wanted: set[str]) -> dict[str, str]:
    """The texts of the sections with these digests, from all that was published at `path`, newest first."""
    query = (
        select(RevisionFile.blob_hash, func.max(Revision.id).label("last"))
        .join(Revision, Revision.id == RevisionFile.revision_id)
        .join(Course, Course.id == Revision.course_id)
        .where(Course.slug == course, RevisionFile.path == path)
        .group_by(RevisionFile.blob_hash)
    )
    source = classify(path)
    found: dict[str, str] = {}
    rows = db.session.execute(query).all() if source and wanted else []
    for row in sorted(rows, key=lambda row: row.last, reverse=True):
        if wanted <= found.keys():
            break
        data = store.blob(row.blob_hash)
        head = compile_source(path, source, data).head if source else None
        units = readable_units(path, data) if head else {}
        for name, made in (head or {}).get("digests", {}).items():
            if made in wanted:
                found.setdefault(made, units[name])
    return found
