"""Writing notes. Nothing here commits."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from course.db import db
from course.errors import Invalid
from course.learning.reading.notes.models import Note
from course.learning.reading.notes.rules import LONGEST, Written, clean, merged


def keep(person: int, item: int, section: str, text: str, *, base: int, page: str, at: int) -> Written:
    """Keep a person's note on a section of a lesson, and return it; an empty one is let go.

    `base` and `page` say what the writer saw (see `rules.merged`). Raises Invalid for a text that is too long.
    """
    query = select(Note).where(Note.person_id == person, Note.item_id == item, Note.section == section)
    note = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    before = None if note is None else Written(section, note.text, note.at, note.page)
    words = merged(before, clean(text), base, page)
    if len(words) > LONGEST:
        raise Invalid(_("A note holds 10,000 characters at most. Go back and shorten it; your text is still there."))
    if before is not None and before.text == words:
        return before
    if note is None:
        return _begin(person, item, Written(section, words, at, page), base) if words else Written(section, "", 0)
    if not words:
        db.session.delete(note)
        return Written(section, "", 0)
    note.text, note.page, note.at = words, page, at
    return Written(section, words, at, page)


def _begin(person: int, item: int, first: Written, base: int) -> Written:
    try:
        with db.session.begin_nested():
            db.session.add(
                Note(
                    person_id=person,
                    item_id=item,
                    section=first.section,
                    text=first.text,
                    page=first.page,
                    at=first.at,
                )
            )
    except IntegrityError:  # written from two devices at once: the other one was first
        return keep(person, item, first.section, first.text, base=base, page=first.page, at=first.at)
    return first
