"""Which questions an attempt gets, and in which order they and their choices stand. Equal seeds draw equally."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from course.quiz import types
from course.quiz.model import Order, Question, Rules

T = TypeVar("T", str, int)


def draw(rules: Rules, question_ids: Sequence[str], seed: int) -> list[str]:
    """The questions of an attempt, in the order in which it shows them. `question_ids` is the bank, in its order."""
    mixed = _mix(question_ids, f"{seed}")
    picked = mixed[: rules.draw.count] if rules.draw.count is not None else mixed
    return picked if rules.shuffle else sorted(picked, key=list(question_ids).index)


def arrange(question: Question, seed: int) -> Order:
    """The order of a question's choices in an attempt: source positions, the first shown first."""
    kind = types.of(question)
    positions = range(kind.size(question))
    mixed = _mix(positions, f"{seed}/{question.id}")
    if question.shuffle:
        return tuple(mixed)
    kept = len(positions) - kind.mixed(question)
    return (*range(kept), *(position for position in mixed if position >= kept))


def _mix(things: Iterable[T], seed: str) -> list[T]:
    """The same for ever, whatever becomes of Python's own shuffling."""
    return sorted(things, key=lambda thing: sha256(f"{seed}/{thing}".encode()).digest())
