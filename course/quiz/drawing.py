"""Which questions an attempt gets, and in which order they and their choices stand. Equal seeds draw equally."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar

from course.quiz import types
from course.quiz.model import Order, Question, Rules

T = TypeVar("T")


class Banked(NamedTuple):
    """A question of the bank: its quiz, its id there, and the objective that it tests."""

    quiz: str
    question: str
    objective: str | None = None


class Share(NamedTuple):
    """A part of the bank, called after its quiz or objective ("" for the whole), and how many are taken of it."""

    name: str
    wanted: int
    bank: list[Banked]


def draw(rules: Rules, quiz: str, bank: Sequence[Banked], seed: int) -> list[Banked]:
    """The questions of an attempt at `quiz`, in the order in which it shows them.

    `bank`: the quiz's own, then those of each quiz that `rules.draw.banks` names, all in their order. Where there are
    fewer than the rules ask for, all of them are taken; `short_of` tells the author.
    """
    mixed = _mix(bank, f"{seed}", lambda one: f"{one.quiz}/{one.question}")
    kept = {one for share in shares(rules, quiz, mixed) for one in share.bank[: share.wanted]}
    return [one for one in (mixed if rules.shuffle else bank) if one in kept]


def drawn(rules: Rules, quiz: str, bank: Sequence[Banked]) -> int:
    """How many questions an attempt gets."""
    return sum(min(share.wanted, len(share.bank)) for share in shares(rules, quiz, bank))


def short_of(rules: Rules, quiz: str, bank: Sequence[Banked]) -> list[Share]:
    """The parts of the bank that have fewer questions than are wanted of them."""
    return [share for share in shares(rules, quiz, bank) if share.wanted > len(share.bank)]


def shares(rules: Rules, quiz: str, bank: Sequence[Banked]) -> Iterator[Share]:
    """The parts of the bank, which have no question in common."""
    draw = rules.draw
    if draw.each is not None:
        own = [one for one in bank if one.quiz == quiz]
        yield Share(quiz, len(own), own)
        for name in draw.banks:
            yield Share(name, draw.each, [one for one in bank if one.quiz == name])
    elif draw.per_objective is not None or draw.objectives:
        found = dict.fromkeys(sorted({one.objective for one in bank if one.objective}), draw.per_objective or 0)
        for name, wanted in (draw.objectives or found).items():
            yield Share(name, wanted, [one for one in bank if one.objective == name])
    else:
        yield Share("", len(bank) if draw.count is None else draw.count, list(bank))


def arrange(question: Question, seed: int) -> Order:
    """The order of a question's choices in an attempt: source positions, the first shown first."""
    kind = types.of(question)
    positions = range(kind.size(question))
    mixed = _mix(positions, f"{seed}/{question.id}")
    if question.shuffle:
        return tuple(mixed)
    kept = len(positions) - kind.mixed(question)
    return (*range(kept), *(position for position in mixed if position >= kept))


def _mix(things: Iterable[T], seed: str, name: Callable[[T], object] = str) -> list[T]:
    """The same for ever, whatever becomes of Python's own shuffling."""
    return sorted(things, key=lambda thing: sha256(f"{seed}/{name(thing)}".encode()).digest())
