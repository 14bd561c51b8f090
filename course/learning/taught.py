"""Where in the course's lessons something is taught: the way back from a question that was missed."""

from collections.abc import Callable

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.quiz.model import Question

Place = tuple[str, str]
"""A lesson's id, and that of its section ("" for its beginning)."""


def of_objective(published: Published, objective: str | None, language: str) -> Place | None:
    """Where an objective is taught: the section that asks for it, in the lesson that has it. None where none has."""
    lesson = next((one.id for one in published.outline.lessons if objective in one.objectives), None)
    return (lesson, section(published, lesson, language, lambda one: one.objective == objective)) if lesson else None


def section(published: Published, lesson: str, language: str, fits: Callable[[Question], bool]) -> str:
    """The section in which such a question stands; "" where none does."""
    for found in catalogue.lesson(published, lesson, language).sections:
        if any(isinstance(part, Question) and fits(part) for part in found.parts):
            return found.id
    return ""
