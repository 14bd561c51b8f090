"""The pages of accounts: signing up, in and out, passwords, settings, and the first admin."""

from flask import Flask

from course.people import throttles
from course.people.queries import viewer_of
from course.web.access import load_viewer_with
from course.web.sweeps import on_sweep


def install(app: Flask) -> None:
    """Hang the room into the application."""
    from course.people.privacy import views as privacy
    from course.people.views import invitation, opening, password, settings, signing  # noqa: F401  (they add routes)
    from course.people.views.blueprint import blueprint

    load_viewer_with(app, viewer_of)
    on_sweep(app, throttles.sweep)
    on_sweep(app, privacy.sweep)
    app.register_blueprint(blueprint)
