"""Reads of one's own notes. There is no way to ask for anybody else's."""

from collections.abc import Mapping

from sqlalchemy import ScalarSelect, Text, and_, bindparam, cast, func, select

from course.catalogue.models import Course, Item, ItemName
from course.db import db
from course.learning.reading.notes.models import Note
from course.learning.reading.notes.rules import Written

_FIELD, _ROW = "\x1f", "\x1e"
"""Between the parts of a note, and between notes: characters that no note's text holds (see `rules.clean`)."""


def of_course(person: int, course_id: int) -> Mapping[int, list[Written]]:
    """A person's notes in a course, by the lesson's item."""
    query = select(Note.item_id, Note.section, Note.text, Note.at).join(Item, Item.id == Note.item_id)
    found: dict[int, list[Written]] = {}
    for item, section, text, at in db.session.execute(
        query.where(Note.person_id == person, Item.course_id == course_id).order_by(Note.id)
    ):
        found.setdefault(item, []).append(Written(section, text, at))
    return found


def beside_lesson() -> ScalarSelect[str]:
    """The notes of `:person` in the lesson called `:lesson`, as one text for `read`: a page then asks only once."""
    parts = Note.section + _FIELD + cast(Note.at, Text) + _FIELD + Note.text
    named = and_(ItemName.course_id == Course.id, ItemName.kind == "lesson", ItemName.name == bindparam("lesson", None))
    query = (
        select(func.aggregate_strings(parts, _ROW))
        .join(ItemName, ItemName.item_id == Note.item_id)
        .where(Note.person_id == bindparam("person", None), named)
    )
    return query.correlate(Course).scalar_subquery()


def read(text: str | None) -> dict[str, Written]:
    """What `beside_lesson` gives, by section."""
    rows = (row.split(_FIELD, 2) for row in (text or "").split(_ROW) if row)
    return {section: Written(section, words, int(at)) for section, at, words in rows}
