"""The question templates on their own, without an application: every word is its msgid."""

from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course.quiz import QuestionView

FOLDER = Path(__file__).parents[2] / "course/web/templates"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        g=SimpleNamespace(lang="en", interface="en", get=lambda name, default=None: "en"),
        asset_url=lambda name: f"/assets/{name}",
        direction_of=lambda tag: "ltr",
    )
    return environment


_PAGE = _environment().from_string(
    '{% from "questions/question.html" import question with context %}{{ question(view, number=number) }}'
)


def render(view: QuestionView, number: int | None = None) -> str:
    return _PAGE.render(view=view, number=number)
