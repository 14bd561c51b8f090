"""A course engine: Markdown lessons and quizzes, with each learner's progress kept."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from course.config import Config

RESULTS = (
    *("results", "results.overview", "results.quizzes", "results.items", "results.learners"),
    *("results.gradebook", "results.exports"),
)
ROOMS = (
    "people",
    "people.audit",
    "catalogue",
    "learning.assessment",
    "learning.practice",
    "learning.reading",
    *RESULTS,
    "authoring",
    "authoring.files",
    "academy.people",
)
"""Every room, lowest floor first. A room's `views.py` offers `install(app)`: its blueprints and its hooks."""


def create_app(config: "Config | None" = None) -> "Flask":
    """The application, ready to serve. Without `config`, settings come from the environment (`COURSE_*`).

    Imports stand inside, so that `import course.quiz` loads no web framework.
    """
    from course import web
    from course.config import Config

    app = web.make_app(config or Config.from_environment())
    for room in ROOMS:
        if find_spec(f"course.{room}.views"):
            import_module(f"course.{room}.views").install(app)
    return app
