"""When an attempt may be started, and until when it runs."""

from fractions import Fraction
from typing import Any

import pytest

from course.quiz.model import Rules
from course.quiz.starting import SECOND, Bar, Extra, Why, allowed, bar, deadline

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
        ({"requires": ("a", "b")}, {"passed": {"b"}}, Bar(Why.OTHERS_FIRST, quizzes=("a",))),
        ({}, {"modules": ("m",)}, Bar(Why.OTHERS_FIRST, modules=("m",))),
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
    assert deadline(Rules(closes=start + 1), start) == start + 1


def test_what_a_learner_is_granted_lengthens_and_adds_and_never_takes_away() -> None:
    rules = Rules(time_limit=600, attempts=2, closes=100)
    assert allowed(rules, Extra()) == rules
    assert allowed(rules, Extra(time=Fraction(1, 4))).time_limit == 750
    assert allowed(rules, Extra(attempts=1)).attempts == 3
    assert allowed(rules, Extra(closes=200)).closes == 200
    assert allowed(rules, Extra(closes=50)).closes == 100
    assert allowed(Rules(), Extra(attempts=1, time=Fraction(1), closes=5)) == Rules(), "what has no limit needs no more"


def test_the_closing_of_the_quiz_ends_also_an_attempt_with_extra_time() -> None:
    rules = allowed(Rules(time_limit=600, closes=DAY * SECOND + 1), Extra(time=Fraction(1)))
    assert deadline(rules, DAY * SECOND) == DAY * SECOND + 1
