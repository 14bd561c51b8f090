"""Home and the course's page: where I stand, and what is next."""

from collections.abc import Sequence

from flask import Response, current_app
from flask_babel import gettext as _

from course import clock
from course.catalogue.published import Published
from course.learning.assessment.marking import queries as marking
from course.learning.reading import queries, shown
from course.learning.reading.first_steps import FirstSteps, first_steps
from course.learning.reading.views.blueprint import COURSE, blueprint
from course.learning.reading.views.place import shown_as_page, standing_in, with_cookie
from course.people import queries as people
from course.web.access import allow, anyone, viewer
from course.web.frames import framed
from course.web.language import path_language


@blueprint.get("/")
@allow(anyone)
def home() -> Response:
    """For a visitor: what this is. For a learner: what to go on with."""
    person = viewer().person
    now = clock.now()
    standings = queries.standings(person, now)
    if person is None:
        place = tuple(with_cookie(standing) for standing in standings)
        has_admin = bool(standings) or people.has_admin()
        return shown_as_page(framed("reading/welcome.html", shown.welcome, (place, has_admin, path_language())))
    place = tuple(standing.anonymous(now) for standing in shown.latest_first(standings))
    todo = _first_steps(standings) if viewer().admin else None
    more = (todo, _waiting([standing.published for standing in standings]))
    return shown_as_page(framed("reading/home.html", shown.home, (place, *more, path_language()), greeting=_greeting()))


def _waiting(courses: Sequence[Published]) -> tuple[tuple[Published, int], ...]:
    """The courses among these in which the viewer may mark, and how many answers wait there."""
    who = viewer()
    mine = [published for published in courses if who.admin or published.slug in who.trains]
    if who.person is None or not mine:
        return ()
    counts = marking.waiting([published.course_id for published in mine], who.person)
    return tuple((published, counts.get(published.course_id, 0)) for published in mine)


def _first_steps(standings: Sequence[queries.Standing]) -> FirstSteps | None:
    courses = [standing.published.slug for standing in standings]
    return first_steps(current_app.config["COURSE"], courses, people.has_trainer())


def _greeting() -> str:
    name = viewer().name
    return str(_("Hello, %(name)s", name=name) if "@" not in name else _("My learning"))


@blueprint.get(COURSE)
@allow(anyone)
def course(course: str) -> Response:
    """The course: its modules, lessons and quizzes, where I stand, and what is next."""
    standing = standing_in(course)
    now = clock.now()
    place = (standing.anonymous(now), shown.notes(standing, now), _waiting([standing.published]))
    return shown_as_page(framed("reading/course.html", shown.course, (*place, path_language())))
