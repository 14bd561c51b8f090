"""The pages of the workshop, for a course's trainers and for admins."""

from flask import Flask

from course.authoring import checking
from course.authoring.views import file, overview, publications, translation
from course.authoring.views.blueprint import blueprint

__all__ = ["file", "install", "overview", "publications", "translation"]


def install(app: Flask) -> None:
    checking.keep(app)
    app.register_blueprint(blueprint)
