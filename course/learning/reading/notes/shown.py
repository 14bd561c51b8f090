"""What the page of one's notes shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.content.model import LessonOutline
from course.learning.reading.notes.rules import Written


@dataclass(frozen=True, slots=True)
class Shown:
    """A note with the heading of its section, "" where that is no longer there, and the way to it."""

    heading: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A lesson with notes, in the order of its sections. `url` is "" for a lesson that left the course."""

    title: str
    url: str
    notes: tuple[Shown, ...]


def lessons(published: Published, written: Mapping[int, Sequence[Written]], language: str) -> list[Noted]:
    """The lessons with notes in reading order; after them what was noted on lessons that are gone."""
    rest = dict(written)
    found = []
    for lesson in published.outline.lessons:
        notes = rest.pop(published.item("lesson", lesson.id), None)
        if notes:
            found.append(_lesson(published, lesson, notes, language))
    return found + [Noted("", "", tuple(Shown("", "", note.text) for note in notes)) for notes in rest.values()]


def _lesson(published: Published, lesson: LessonOutline, notes: Sequence[Written], language: str) -> Noted:
    addresses = Addresses(published.slug, language)
    title = published.text(lesson.titles, language)
    headings = {section.id: published.text(section.titles, language) for section in lesson.sections if section.id}
    headings = headings or {"": title}
    places = {section: place for place, section in enumerate(headings)}
    in_order = sorted(notes, key=lambda note: places.get(note.section, len(places)))
    shown = tuple(
        Shown(headings.get(note.section, ""), addresses.lesson(lesson.id, f"note-{note.section}"), note.text)
        for note in in_order
    )
    return Noted(title, addresses.lesson(lesson.id), shown)
