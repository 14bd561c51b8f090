"""A quiz, its attempts, and one of them."""

from flask import Blueprint, Flask, request

from course.results.frame import scoped, show
from course.results.quizzes import pages, queries
from course.web.access import allow, trainer
from course.web.language import path_language

blueprint = Blueprint(
    "quiz_results",
    __name__,
    url_prefix="/<lang>/courses/<course>/results/quizzes/<quiz>",
    template_folder="../templates",
)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(trainer)
def quiz(course: str, quiz: str) -> str:
    """How a quiz went: marks, passes by attempt, when, and how long it took."""
    published, scope = scoped(course)
    return show("quiz.html", published, scope, **pages.quiz(published, quiz, scope, path_language()))


@blueprint.get("/attempts/")
@allow(trainer)
def attempts(course: str, quiz: str) -> str:
    """The attempts at a quiz, filtered, sorted and searched as the address says."""
    published, scope = scoped(course)
    found = pages.attempts(published, quiz, scope, request.args, path_language())
    return show("attempts.html", published, scope, **found)


@blueprint.get("/attempts/<int(max=9223372036854775807):attempt>/")
@allow(trainer)
def attempt(course: str, quiz: str, attempt: int) -> str:
    """One attempt: every response, mark and piece of feedback, and how it came to be."""
    published, scope = scoped(course)
    published.quiz(quiz)
    found, enrolment = queries.attempt(published.item("quiz", quiz), scope, attempt)
    return show("attempt.html", published, scope, **pages.attempt(published, quiz, found, enrolment, path_language()))
