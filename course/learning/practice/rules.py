"""When a question comes back, and how much of that is one day's. Moments are microseconds UTC."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from course.learning.assessment.models import MILLION

if TYPE_CHECKING:
    from fsrs import Scheduler

A_DAY = 10
"""Questions in one day's practice: a few minutes."""
SECONDS_EACH = 40
LONGEST_DAYS = 365
WANTED = 0.9
"""The chance to remember at which a question comes back."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 24 * 60 * 60 * 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """How well a question is remembered: FSRS's stability (days) and difficulty, when it was met, when it is due."""

    stability: float
    difficulty: float
    met: int
    due: int


def after(before: Memory | None, fraction: int, at: int) -> Memory:
    """The memory after an answer worth `fraction` (millionths); `before` is None for the first one.

    Right is FSRS's "good", partly right "hard", wrong "again": an answer cannot say that it was easy. No step is
    shorter than a day, and nothing is left to chance, so that the log always gives the same days.
    """
    from fsrs import Card, Rating, State

    rating = Rating.Good if fraction >= MILLION - 1 else Rating.Hard if fraction > 0 else Rating.Again
    card = Card(card_id=1, due=_moment(at))
    if before is not None:
        card = Card(
            card_id=1,
            state=State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            due=_moment(before.due),
            last_review=_moment(before.met),
        )
    card, _log = _scheduler().review_card(card, rating, _moment(max(at, before.met if before else at)))
    if card.stability is None or card.difficulty is None:
        raise ValueError("FSRS gave no memory")
    return Memory(
        card.stability, card.difficulty, at, at + max(_DAY, (card.due - _moment(at)) // timedelta(microseconds=1))
    )


def for_today(due: int, reviewed: int) -> int:
    """How many of `due` questions are to be asked today, of which `reviewed` have been."""
    return max(0, min(due, A_DAY - reviewed))


def minutes(questions: int) -> int:
    """About how long that takes."""
    return math.ceil(questions * SECONDS_EACH / 60)


def day_start(at: int) -> int:
    """When the day (UTC) of a moment began."""
    return at - at % _DAY


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=WANTED,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _moment(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at)
