"""When an attempt may be started, and until when it runs, by its quiz's rules. Moments are microseconds UTC."""

from collections.abc import Collection
from dataclasses import replace
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
    OTHERS_FIRST = "others first"
    COOLING_DOWN = "cooling down"


class Bar(NamedTuple):
    """What keeps an attempt from being started. `until`: when it will be gone.

    `quizzes`: which to pass first; `modules`: which to complete.
    """

    why: Why
    until: int | None = None
    quizzes: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


class Extra(NamedTuple):
    """What one learner is allowed beyond a quiz's rules.

    Further attempts, a share of the time limit (1/4: a quarter more), and a later moment in which the quiz closes.
    """

    attempts: int = 0
    time: Fraction = Fraction(0)
    closes: int | None = None


def allowed(rules: Rules, extra: Extra) -> Rules:
    """The rules as they hold for a learner. What is extra never makes anything shorter or fewer."""
    limit = None if rules.time_limit is None else int(rules.time_limit * (1 + extra.time))
    closes = None if rules.closes is None else max(rules.closes, extra.closes or 0)
    attempts = None if rules.attempts is None else rules.attempts + extra.attempts
    return replace(rules, time_limit=limit, closes=closes, attempts=attempts)


def bar(
    rules: Rules,
    at: int,
    *,
    used: int = 0,
    last_closed: int | None = None,
    passed: Collection[str] = (),
    modules: tuple[str, ...] = (),
) -> Bar | None:
    """Why a learner may not start an attempt at a moment; None where they may. An attempt under way goes on anyway.

    `used`: their attempts so far; `last_closed`: when the last of them ended; `passed`: the quizzes they have passed;
    `modules`: those that come first and are not complete. What lasts for ever is said before what passes.
    """
    before = tuple(quiz for quiz in rules.requires if quiz not in passed)
    cool = None if last_closed is None else last_closed + rules.cool_down * SECOND
    if is_closed(rules, at):
        return Bar(Why.CLOSED)
    if rules.attempts is not None and used >= rules.attempts:
        return Bar(Why.NONE_LEFT)
    if rules.opens is not None and at < rules.opens:
        return Bar(Why.NOT_OPEN_YET, until=rules.opens)
    if before or modules:
        return Bar(Why.OTHERS_FIRST, quizzes=before, modules=modules)
    if cool is not None and at < cool:
        return Bar(Why.COOLING_DOWN, until=cool)
    return None


def is_closed(rules: Rules, at: int) -> bool:
    """Whether a quiz takes no new attempts any more. The moment in which it closes is the last that takes answers."""
    return rules.closes is not None and at >= rules.closes


def deadline(rules: Rules, started: int) -> int | None:
    """The last moment in which an attempt takes answers, None for no end. The quiz's closing ends all attempts."""
    limit = None if rules.time_limit is None else started + rules.time_limit * SECOND
    return min((end for end in (limit, rules.closes) if end is not None), default=None)
