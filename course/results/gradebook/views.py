"""The gradebook of a course, and with it the list of its learners."""

from flask import Blueprint, Flask, request

from course.results.frame import scoped, show
from course.results.gradebook import pages
from course.results.gradebook.queries import Wanted
from course.web.access import allow, trainer
from course.web.language import path_language

blueprint = Blueprint(
    "gradebook_results",
    __name__,
    url_prefix="/<lang>/courses/<course>/results/learners",
    template_folder="../templates",
)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(trainer)
def gradebook(course: str) -> str:
    """The learners of the course with their grades, searched and sorted as the address says."""
    published, scope = scoped(course)
    found = pages.gradebook(published, scope, Wanted.read(request.args), path_language())
    return show("gradebook.html", published, scope, **found)
