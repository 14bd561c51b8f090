"""The pages of accounts: signing up, in and out, passwords, settings, and the first admin."""

from flask import Flask

from course.people.queries import viewer_of
from course.web.access import load_viewer_with


def install(app: Flask) -> None:
    """Hang the room into the application."""
    from course.people.views import opening, password, settings, signing  # noqa: F401  (they add their routes)
    from course.people.views.blueprint import blueprint

    load_viewer_with(app, viewer_of)
    app.register_blueprint(blueprint)
