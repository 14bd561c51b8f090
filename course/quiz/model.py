"""What a quiz is once its Markdown has been read: questions, rules, and what of them is released when."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from course.markup.html import Html as Html

EMPTY = Html("")
MAX_POINTS = 100
"""The most that one question can weigh."""

Value = dict[str, object] | list[object] | str
"""A response as it is stored: JSON of a shape that belongs to the question's type, in ids, never positions."""

Order = tuple[int, ...]
"""The order in which an attempt shows a question's choices: source positions, first shown first."""

Thing = Literal["correctness", "marks", "feedback", "key"]
"""What may be released: right or wrong, the marks, feedback (specific and general), the right answer."""

Phase = Literal["during", "submitted", "closed"]
GradeMethod = Literal["best", "last", "first", "average"]

Release = frozenset[Thing]
EVERYTHING: Release = frozenset({"correctness", "marks", "feedback", "key"})
NOTHING: Release = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language. `body` belongs to the question's type (see `types/`).

    `prompt` is the heading, as inline HTML; `stem` the blocks under it. `feedback` is the general feedback.
    `points` weigh it in the attempt's grade. `line` is the 1-based line of its heading, for findings and statistics.
    `attributes` are the heading's, as written: a translation may leave them out (`compare.adopt`), and a type reads
    its own there. `language` is the one its words, and its typed keys, are in.
    """

    id: str
    type: str
    prompt: Html
    stem: Html
    body: object
    feedback: Html = EMPTY
    points: int = 1
    objective: str | None = None
    shuffle: bool = True
    line: int = 1
    language: str = "en"
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Ids that this question had before (`renamed-from`)."""
        return tuple(self.attributes.get("renamed-from", "").replace(",", " ").split())


@dataclass(frozen=True, slots=True)
class Draw:
    """Which questions an attempt gets of the bank, which is the quiz's own questions and those of `banks`.

    Nothing else said, all of them. At most one of the others is set: `count` of the whole bank; `each` of every quiz
    in `banks` (and all of the quiz's own); so many per objective, all alike or by the objective's id.
    """

    count: int | None = None
    banks: tuple[str, ...] = ()
    each: int | None = None
    per_objective: int | None = None
    objectives: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a quiz, from the source language's front matter. Lengths of time in seconds; `attempts` None: no
    limit; `opens` and `closes` in microseconds UTC, None for always.

    `practice`: no limit, and no grade. `requires`: quizzes that have to be passed first. `baseline`: the quiz, taken
    before the course, with whose grade this one's is compared. `penalty`: what each earlier try at a question takes
    off in practice (`scoring.after_tries`). `weight`: how much its grade counts among those of the course's quizzes.
    """

    pass_mark: Fraction = Fraction(1, 2)
    attempts: int | None = None
    draw: Draw = Draw()
    shuffle: bool = True
    show: Literal["all", "one"] = "all"
    time_limit: int | None = None
    grade: GradeMethod = "best"
    release: dict[Phase, Release] = field(
        default_factory=lambda: {
            "during": NOTHING,
            "submitted": frozenset({"marks", "correctness", "feedback"}),
            "closed": EVERYTHING,
        }
    )
    cool_down: int = 0
    opens: int | None = None
    closes: int | None = None
    practice: bool = False
    penalty: Fraction = Fraction(0)
    requires: tuple[str, ...] = ()
    baseline: str | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Quiz:
    """A bank of questions in one language, with the rules that hold in all languages."""

    id: str
    title: str
    language: str
    rules: Rules
    intro: Html
    questions: tuple[Question, ...]
    names: tuple[str, ...] = ()
    """Ids that this quiz had before (`renamed-from`)."""

    retired: tuple[str, ...] = ()
    """Ids of questions that an author has declared gone."""
