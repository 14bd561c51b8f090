"""When an attempt may be started, and until when it runs, by its quiz's rules. Moments are microseconds UTC."""

from collections.abc import Collection
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from course.quiz.model import Rules

SECOND = 1_000_000


class Why(StrEnum):
    """Why no attempt may be started."""

    NOT_OPEN_YET = "not open yet"
    CLOSED = "closed"
    NONE_LEFT = "none left"
    QUIZZES_FIRST = "quizzes first"
    COOLING_DOWN = "cooling down"


class Bar(NamedTuple):
    """What keeps an attempt from being started. `until`: when it will be gone; `quizzes`: which to pass first."""

    why: Why
    until: int | None = None
    quizzes: tuple[str, ...] = ()


def bar(
    rules: Rules, at: int, *, used: int = 0, last_closed: int | None = None, passed: Collection[str] = ()
) -> Bar | None:
    """Why a learner may not start an attempt at a moment; None where they may. An attempt under way goes on anyway.

    `used`: their attempts so far; `last_closed`: when the last of them ended; `passed`: the quizzes they have passed.
    What lasts for ever is said before what passes.
    """
    before = tuple(quiz for quiz in rules.requires if quiz not in passed)
    cool = None if last_closed is None else last_closed + rules.cool_down * SECOND
    if rules.closes is not None and at >= rules.closes:
        return Bar(Why.CLOSED)
    if rules.attempts is not None and used >= rules.attempts:
        return Bar(Why.NONE_LEFT)
    if rules.opens is not None and at < rules.opens:
        return Bar(Why.NOT_OPEN_YET, until=rules.opens)
    if before:
        return Bar(Why.QUIZZES_FIRST, quizzes=before)
    if cool is not None and at < cool:
        return Bar(Why.COOLING_DOWN, until=cool)
    return None


def deadline(rules: Rules, started: int, *, extra: Fraction = Fraction(0)) -> int | None:
    """The last moment in which an attempt takes answers, None for no end.

    `extra` lengthens the time limit for a learner who needs it (1/4: a quarter more); the quiz's closing holds for all.
    """
    limit = None if rules.time_limit is None else started + int(rules.time_limit * (1 + extra) * SECOND)
    return min((end for end in (limit, rules.closes) if end is not None), default=None)
