"""Who asks, where they stand, and the reply that a page becomes: for all routes of this room."""

from flask import Response, after_this_request, make_response, request, session
from flask_babel import gettext as _

from course import clock
from course.catalogue.published import Published
from course.catalogue.readers import readable
from course.errors import NotAllowed
from course.learning.models import Enrolment
from course.learning.reading import actions, queries, visitor
from course.web.access import signed_in_viewer, viewer
from course.web.headers import PERSONAL

ANSWER_TO = "answer_to"
"""Names the question that a query answers. No id of a pack has a `_`, so no question's field is called so."""


def standing_in(course: str, lesson: str | None = None) -> queries.Standing:
    """Where the viewer stands in a course, with their notes on a lesson. Raises NotFound."""
    person = viewer().person
    standing = queries.standing(person, course, lesson)
    return standing if person is not None else with_cookie(standing)


def with_cookie(standing: queries.Standing) -> queries.Standing:
    """A visitor's standing: what their own browser says they have read."""
    return queries.as_read(standing, visitor.has_read())


def may_read(standing: queries.Standing) -> bool:
    """Whether the lessons are open to who asks. Raises SignInNeeded where that would help."""
    if standing.enrolment is not None or readable([standing.published]):
        return True
    signed_in_viewer()
    return False


def enrol_in(person: int, published: Published) -> Enrolment:
    """Enrol somebody by their own wish; what their browser says they have read counts. Raises NotAllowed."""
    if published.outline.access == "edition":
        raise NotAllowed(_("This course is joined by invitation. Ask its trainers."))
    enrolment = actions.enrol(person, published, clock.now())
    read_before = visitor.has_read()
    if read_before:
        actions.read_before(enrolment, published, read_before, clock.now())
        after_this_request(visitor.forget)
    return enrolment


def shown_as_page(body: bytes) -> Response:
    """A page. A visitor's may be kept and asked for again; one that tells what they did is theirs alone."""
    response = make_response(body)
    if visitor.has_read() or ANSWER_TO in request.args or request.method == "POST":
        response.headers["Cache-Control"] = PERSONAL
    elif viewer().person is None and not session:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
