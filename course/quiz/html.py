"""The HTML in a question, wherever its type keeps it: for whoever fills holes in it or looks for links."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from course.quiz.model import Html, Question

T = TypeVar("T")


def map_html(question: Question, change: Callable[[Html], Html]) -> Question:
    """The question with each piece of its HTML replaced by what `change` makes of it, in reading order."""
    return _mapped(question, change)


def texts(question: Question) -> Iterator[Html]:
    """Every piece of HTML in the question: prompt, stem, what the type's body holds, and feedback."""
    found: list[Html] = []

    def note(html: Html) -> Html:
        found.append(html)
        return html

    map_html(question, note)
    yield from found


def _mapped(thing: T, change: Callable[[Html], Html]) -> T:
    """A dataclass with every field that is annotated `Html` changed, those of dataclasses in it too."""
    hints = _hints(cast("Any", type(thing)))
    new: dict[str, object] = {}
    for field in fields(cast("Any", thing)):
        value, hint = getattr(thing, field.name), hints[field.name]
        if hint is Html:
            new[field.name] = change(value) if value else value
        elif isinstance(value, tuple) and Html in get_args(hint):
            new[field.name] = tuple(change(item) for item in value)
        elif isinstance(value, tuple):
            new[field.name] = tuple(_mapped(item, change) if is_dataclass(item) else item for item in value)
        elif is_dataclass(value):
            new[field.name] = _mapped(value, change)
    return cast("T", replace(cast("Any", thing), **new))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
