"""When an attempt may be started, and until when it runs."""

from fractions import Fraction
from typing import Any

import pytest

from course.quiz.model import Rules
from course.quiz.starting import SECOND, Bar, Why, bar, deadline

DAY = 86_400


@pytest.mark.parametrize(
    ("rules", "known", "found"),
    [
        ({}, {"used": 9, "last_closed": 99}, None),
        ({"attempts": 2}, {"used": 1}, None),
        ({"attempts": 2}, {"used": 2}, Bar(Why.NONE_LEFT)),
        ({"opens": 100}, {}, None),
        ({"opens": 101}, {}, Bar(Why.NOT_OPEN_YET, until=101)),
        ({"closes": 101}, {}, None),
        ({"closes": 100}, {}, Bar(Why.CLOSED)),
        ({"requires": ("a", "b")}, {"passed": {"a", "b", "c"}}, None),
        ({"requires": ("a", "b")}, {"passed": {"b"}}, Bar(Why.QUIZZES_FIRST, quizzes=("a",))),
        ({"cool_down": 1}, {}, None),
        ({"cool_down": 1}, {"last_closed": 100 - SECOND}, None),
        ({"cool_down": 1}, {"last_closed": 101 - SECOND}, Bar(Why.COOLING_DOWN, until=101)),
        ({"cool_down": 1, "closes": 50}, {"last_closed": 99}, Bar(Why.CLOSED)),
        ({"cool_down": 1, "attempts": 1}, {"last_closed": 99, "used": 1}, Bar(Why.NONE_LEFT)),
    ],
)
def test_what_keeps_an_attempt_from_being_started(
    rules: dict[str, Any], known: dict[str, Any], found: Bar | None
) -> None:
    assert bar(Rules(**rules), 100, **known) == found


def test_an_attempt_ends_at_its_limit_or_when_the_quiz_closes() -> None:
    start = DAY * SECOND
    assert deadline(Rules(), start) is None
    assert deadline(Rules(time_limit=600), start) == start + 600 * SECOND
    assert deadline(Rules(time_limit=600), start, extra=Fraction(1, 4)) == start + 750 * SECOND
    assert deadline(Rules(time_limit=600, closes=start + 1), start, extra=Fraction(1)) == start + 1
    assert deadline(Rules(closes=start + 1), start) == start + 1
