"""Item analysis: the questions of a quiz, and one of them."""

from flask import Blueprint, Flask, request

from course.results.frame import scoped, show
from course.results.items import pages
from course.web.access import allow, trainer
from course.web.language import path_language

blueprint = Blueprint(
    "item_results",
    __name__,
    url_prefix="/<lang>/courses/<course>/results/quizzes/<quiz>/questions",
    template_folder="../templates",
)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(trainer)
def items(course: str, quiz: str) -> str:
    """How the questions of a quiz work, on all publications that ask the same, or on one of them."""
    published, scope = scoped(course)
    sort = request.args.get("sort", "")
    found = pages.items(published, quiz, scope, _publication(), sort, path_language())
    return show("items.html", published, scope, **found)


@blueprint.get("/<int(max=9223372036854775807):item>/")
@allow(trainer)
def item(course: str, quiz: str, item: int) -> str:
    """How one question works, each figure in a sentence, and who chose what."""
    published, scope = scoped(course)
    found = pages.item(published, quiz, item, scope, _publication(), path_language())
    return show("item.html", published, scope, **found)


def _publication() -> int | None:
    number = request.args.get("publication", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else None
