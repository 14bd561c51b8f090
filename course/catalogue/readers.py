"""Who may read a course's lessons: everybody where it is open; else whoever the rooms above say has joined it."""

from collections.abc import Callable, Collection

from flask import Flask, current_app

from course.catalogue.published import Published
from course.web.access import viewer

Joined = Callable[[int], Collection[int]]


def joined_with(app: Flask, joined: Joined) -> None:
    """`joined` takes a person's id and returns the ids of the courses whose lessons they may read."""
    app.extensions["course.joined"] = joined


def readable(courses: Collection[Published]) -> list[Published]:
    """Those of the courses whose lessons the viewer may read."""
    closed = any(published.outline.access != "open" for published in courses)
    person = viewer().person if closed else None
    joined: Joined | None = current_app.extensions.get("course.joined")
    mine = joined(person) if joined and person is not None else ()
    return [one for one in courses if one.outline.access == "open" or one.course_id in mine]
