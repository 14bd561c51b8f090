"""The course as a tree of files, and what becomes of the draft as a whole."""

from flask import Response, request
from flask_babel import gettext as _

from course import clock
from course.authoring import actions, pages, queries
from course.authoring.views.blueprint import blueprint
from course.content.paths import classify, media_type
from course.errors import NotFound
from course.results.words import when
from course.web.access import allow, signed_in_viewer, trainer
from course.web.headers import PERSONAL
from course.web.language import path_language
from course.web.pages import notice, page, see_other

SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a picture or attachment that is opened by itself: it runs nothing, and loads nothing."""


@blueprint.get("/")
@allow(trainer)
def overview(course: str) -> str:
    """Every file of the course, what was changed, and what is to be mended."""
    state = queries.state(course)
    return page("authoring/overview.html", **pages.overview(state, signed_in_viewer(), path_language()), when=when)


@blueprint.get("/assets/<hash>/<name>")
@allow(trainer)
def asset(course: str, hash: str, name: str) -> Response:
    """A picture or attachment of the draft, named by its bytes as it will be when it is published."""
    state = queries.state(course)
    for path, digest in state.hashes.items():
        source = classify(path)
        is_it = digest == hash and path.rpartition("/")[2] == name
        if is_it and source is not None and source.kind in ("picture", "attachment"):
            response = Response(queries.body(state, path), mimetype=media_type(path))
            response.headers["Content-Security-Policy"] = SEALED
            shown = "inline" if source.kind == "picture" else "attachment"
            response.headers.set("Content-Disposition", shown, filename=name)
            response.headers["Cache-Control"] = PERSONAL
            return response
    raise NotFound(_("There is no such picture or file."))


@blueprint.post("/end")
@allow(trainer)
def discard(course: str) -> Response:
    """Throw the draft away, once that was confirmed."""
    if request.form.get("sure") == "yes":
        actions.discard(course, signed_in_viewer(), clock.now())
        notice(_("The changes were thrown away. Learners never saw them."))
    else:
        notice(_("Nothing was thrown away: tick the box first."))
    return see_other("authoring.overview", course=course)
