"""Which courses somebody can train. The catalogue says so: people know a course by its id alone."""

from collections.abc import Callable, Iterable

from flask import Flask, current_app

Courses = Callable[[], Iterable[str]]


def courses_from(app: Flask, courses: Courses) -> None:
    """`courses` returns the ids of the courses that are published."""
    app.extensions["course.courses"] = courses


def published_ids() -> list[str]:
    """The ids of the courses that are published, in the order of the catalogue."""
    courses: Courses | None = current_app.extensions.get("course.courses")
    return list(courses()) if courses else []
