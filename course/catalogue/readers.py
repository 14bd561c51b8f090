"""Who may read a course: everybody where it is open; else its trainers, admins, and who has joined it.

Who has joined it, the rooms above say.
"""

from collections.abc import Callable, Collection

from flask import Flask, current_app
from flask_babel import gettext as _

from course.catalogue.published import Published
from course.errors import NotAllowed
from course.web.access import signed_in_viewer, viewer

Joined = Callable[[int], Collection[int]]


def joined_with(app: Flask, joined: Joined) -> None:
    """`joined` takes a person's id and returns the ids of the courses whose lessons they may read."""
    app.extensions["course.joined"] = joined


def readable(courses: Collection[Published]) -> list[Published]:
    """Those of the courses whose lessons the viewer may read."""
    closed = [one for one in courses if one.outline.access != "open"]
    mine = _mine(closed) if closed else ()
    return [one for one in courses if one.outline.access == "open" or one.course_id in mine]


def readers_only(published: Published) -> None:
    """Let pass who may read this course. Raises SignInNeeded for a visitor, NotAllowed for anybody else."""
    if not readable([published]):
        signed_in_viewer()
        raise NotAllowed(_("This is for those who take the course. Enrol in it first."))


def _mine(closed: Collection[Published]) -> Collection[int]:
    who = viewer()
    if who.person is None:
        return ()
    joined: Joined | None = current_app.extensions.get("course.joined")
    trained = {one.course_id for one in closed if who.admin or one.slug in who.trains}
    return trained.union(joined(who.person) if joined else ())
