"""The overview of a course's results."""

from flask import Blueprint, Flask

from course import clock
from course.results.frame import scoped, show
from course.results.overview import pages
from course.web.access import allow, trainer
from course.web.language import path_language

blueprint = Blueprint(
    "overview_results", __name__, url_prefix="/<lang>/courses/<course>/results/overview", template_folder="../templates"
)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(trainer)
def overview(course: str) -> str:
    """Who takes the course, where they stop, how the quizzes go."""
    published, scope = scoped(course)
    found = pages.overview(published, scope, clock.now(), path_language())
    return show("overview.html", published, scope, **found)
