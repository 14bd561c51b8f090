"""What may be put together in an item analysis, and how answers spread over choices. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from course.markup.html import plain
from course.quiz import key, types
from course.quiz.choices import Choices
from course.quiz.model import Question, Quiz
from course.quiz.statistics import GROUPS, ability_groups, choice_counts

DECIDES = ("credit", "tolerance", "case", "accents")
"""Attributes of a heading on which it depends what an answer is worth."""

NOBODY = (0,) * GROUPS


class Answered(NamedTuple):
    """An answer in an analysis. `mark` in millionths of a mark; `value` as it is stored, None for none or for text."""

    mark: int
    value: str | None
    typed: bool
    marked: bool

    @property
    def waits(self) -> bool:
        """Whether somebody still has to mark it: it is worth nothing yet, which says nothing of the question."""
        return self.typed and not self.marked


class Spread(NamedTuple):
    """By ability group, the lowest first: how many learners, who took each choice (by its id), and who took none."""

    sizes: tuple[int, ...]
    counts: Mapping[str, tuple[int, ...]]
    none: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """How often a choice was taken in each ability group, lowest first; `key`: whether it is right."""

    text: str
    key: bool
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def same_but_for_words(one: Question, other: Question) -> bool:
    """Whether two versions of a question are worth the same for the same answer, and so may be pooled."""
    if (one.type, one.points) != (other.type, other.points) or key(one) != key(other):
        return False
    if any(one.attributes.get(name) != other.attributes.get(name) for name in DECIDES):
        return False
    return not list(types.of(one).differences(one, other))


def asked_of_all(quiz: Quiz) -> bool:
    """Whether every attempt gets every question of the quiz."""
    draw = quiz.rules.draw
    few = draw.count is not None and draw.count < len(quiz.questions)
    return not (few or draw.banks or draw.per_objective or draw.objectives)


def spread(question: Question, answers: Mapping[int, Answered], totals: Sequence[int]) -> Spread:
    """How many are in each ability group, and who chose what, where the question has choices."""
    places = list(answers)
    group_of = ability_groups([totals[place] for place in places])
    sizes = tuple(group_of.count(group) for group in range(GROUPS))
    labels = _labels(question)
    if not labels:
        return Spread(sizes, {}, NOBODY)
    chosen = [_chosen(answers[place].value) for place in places]
    counts = choice_counts(chosen, group_of)
    none = choice_counts([[""] if not one else [] for one in chosen], group_of).get("", NOBODY)
    return Spread(sizes, {name: counts.get(name, NOBODY) for name in labels}, none)


def choices(question: Question, found: Spread) -> list[ChoiceRow]:
    """A row for each choice, in the words of the question, and a last one for none; no rows without choices."""
    labels = _labels(question)
    if not labels:
        return []
    rows = [ChoiceRow(text, right, found.counts.get(name, NOBODY)) for name, (text, right) in labels.items()]
    return [*rows, ChoiceRow("", False, found.none)]


def _labels(question: Question) -> dict[str, tuple[str, bool]]:
    """By a choice's id: its words, and whether it is right."""
    if isinstance(question.body, Choices):
        return {choice.id: (plain(choice.text), choice.key) for choice in question.body.choices}
    if question.type == "truefalse":
        right = key(question)
        return {truth: (truth, right == [truth]) for truth in ("true", "false")}
    return {}


def _chosen(value: str | None) -> list[str]:
    read = json.loads(value) if value else None
    return [one for one in read if isinstance(one, str)] if isinstance(read, list) else []
