"""The question types, one file each. A file here is found by itself; `TYPE` is its module's one `QuestionType`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from course.quiz.contract import QuestionType
from course.quiz.model import Question

AnyType = QuestionType[Any]


def discover() -> dict[str, AnyType]:
    """All types by name. Raises ImportError where two files claim one name."""
    found: dict[str, AnyType] = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        register(found, import_module(f"{__name__}.{module.name}").TYPE)
    return found


def register(found: dict[str, AnyType], kind: AnyType) -> None:
    if kind.name in found:
        raise ImportError(f"Two question types are called {kind.name!r}")
    found[kind.name] = kind


TYPES = discover()


def of(question: Question) -> AnyType:
    """The type of a question."""
    return TYPES[question.type]
