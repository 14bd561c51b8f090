"""A learner's pages: home, course and lesson; and what is done on them."""

from flask import Flask

from course.catalogue.readers import joined_with
from course.learning.assessment import signals as assessment_signals
from course.learning.reading import pages, queries, receivers
from course.people import signals as people_signals
from course.web.sweeps import on_sweep


def install(app: Flask) -> None:
    """Hang the room into the application."""
    from course.learning.reading.notes import views as notes
    from course.learning.reading.views import doing, home, lesson  # noqa: F401  (they add their routes)
    from course.learning.reading.views.blueprint import blueprint

    pages.keep(app)
    app.register_blueprint(blueprint)
    notes.install(app)
    assessment_signals.closed.connect(receivers.quiz_closed)
    people_signals.signed_in.connect(receivers.signed_in)
    joined_with(app, queries.joined)
    on_sweep(app, receivers.settle_published)
